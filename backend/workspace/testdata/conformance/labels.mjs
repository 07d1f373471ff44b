// Notes with labels, on frames, completed; and messages, which hang on nothing.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, taskOf, userID } from "./studio.mjs";

const admin = await signIn("ines");
const session = await signIn("tomas");
const maya = await signIn("maya");
const task = await taskOf(session, "sh0030", "comp");
const label = (await admin.create("NoteLabel", { name: "Client", color: "#ff0000", sort: 1 })).data;

const note = crypto.randomUUID();
await session.call([
  operation.create("Note", { id: note, content: "See 1014.", parent_id: task.id, parent_type: "Task", frame_number: 1014, is_todo: true }),
  operation.create("NoteLabelLink", { note_id: note, label_id: label.id }),
  operation.create("Recipient", { note_id: note, resource_id: await userID(session, "maya"), text_mentioned: "@maya" }),
]);
const labelled = await one(maya, `select is_todo, frame_number, completed_at, note_label_links.label.name, recipients.text_mentioned, thread_activity
  from Note where note_label_links any (label_id is "${label.id}")`);
assert.equal(labelled.id, note);
assert.equal(labelled.note_label_links[0].label.name, "Client");
assert.equal(labelled.recipients[0].text_mentioned, "@maya");

await session.update("Note", [note], { completed_at: new Date().toISOString(), completed_by_id: await userID(session, "tomas") });
assert.ok((await one(maya, `select completed_at from Note where id is "${note}"`)).completed_at.isValid());
await assert.rejects(session.create("NoteLabelLink", { note_id: note, label_id: label.id }), /DuplicateEntry|exists already/);

// A message: no parent, only recipients; nobody else reads it.
const message = crypto.randomUUID();
await session.call([
  operation.create("Note", { id: message, content: "Lunch?" }),
  operation.create("Recipient", { note_id: message, resource_id: await userID(session, "maya") }),
]);
const kenji = await signIn("kenji");
assert.equal((await kenji.query(`select id from Note where id is "${message}"`)).data.length, 0);
const heard = await one(maya, `select kind, note_id from Notification where note_id is "${message}"`);
assert.equal(heard.kind, "message");

await session.delete("Note", [note]);
assert.equal((await session.query(`select note_id from NoteLabelLink where note_id is "${note}"`)).data.length, 0);
