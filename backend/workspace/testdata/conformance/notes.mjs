// A note with its recipients: written, changed, answered, deleted, and heard of.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, soon, taskOf, userID } from "./studio.mjs";

const tomas = await signIn("tomas");
const maya = await signIn("maya");
const mayaID = await userID(tomas, "maya");
const task = await taskOf(tomas, "sh0020", "comp");

const noteID = crypto.randomUUID();
const answers = await tomas.call([
  operation.create("Note", { id: noteID, content: "Bräun the mast a touch — “like rust” 🌊", parent_id: task.id, parent_type: "Task", frame_number: 1042 }),
  operation.create("Recipient", { note_id: noteID, resource_id: mayaID }),
]);
assert.equal(answers[0].data.__entity_type__, "Note");
assert.equal(answers[0].data.id, noteID);
assert.equal(answers[1].data.resource_id, mayaID);

const heard = await soon("the notification", async () => {
  const { data } = await maya.query(`select kind, summary, read_at, entity_id, actor.username from Notification where note_id is "${noteID}"`);
  return data[0];
});
assert.equal(heard.kind, "note");
assert.equal(heard.read_at, null);
assert.equal(heard.actor.username, "tomas");
await maya.update("Notification", [heard.id], { read_at: new Date().toISOString() });
assert.ok((await one(maya, `select read_at from Notification where id is "${heard.id}"`)).read_at);

const written = await one(maya, `select content, frame_number, project_id, date, author.username, recipients.resource_id from Note where id is "${noteID}"`);
assert.equal(written.content, "Bräun the mast a touch — “like rust” 🌊");
assert.equal(written.frame_number, 1042);
assert.equal(written.project_id, task.project_id);
assert.equal(written.author.username, "tomas");

const changed = await tomas.update("Note", [noteID], { content: "Leave the mast." });
assert.equal(changed.data.id, noteID);
assert.equal((await one(maya, `select content from Note where id is "${noteID}"`)).content, "Leave the mast.");
const again = await maya.query(`select id from Notification where note_id is "${noteID}"`);
assert.equal(again.data.length, 1, "an edit tells nobody again");

const reply = await maya.create("Note", { content: "Done.", parent_id: task.id, parent_type: "Task", in_reply_to_id: noteID });
const thread = await one(tomas, `select replies.content, replies.author.username from Note where id is "${noteID}"`);
assert.deepEqual(thread.replies.map((note) => note.content), ["Done."]);
await soon("the answer's notification", async () => {
  const { data } = await tomas.query(`select id from Notification where note_id is "${reply.data.id}"`);
  return data.length === 1;
});

// As the Python client does it: the whole collection, written on its owner.
const second = crypto.randomUUID();
await tomas.call([
  operation.create("Note", { id: second, content: "For the whole task." }),
  operation.update("Task", [task.id], { notes: [{ __entity_type__: "Note", id: second }] }),
]);
assert.equal((await one(tomas, `select parent_id from Note where id is "${second}"`)).parent_id, task.id);

const gone = await tomas.delete("Note", [second]);
assert.equal(gone.data, true);
assert.equal((await tomas.query(`select id from Note where id is "${second}"`)).data.length, 0);
