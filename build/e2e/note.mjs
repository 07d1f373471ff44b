// With the official client: "note.mjs write FROM TO TEXT" writes a note to somebody and tells its id;
// "note.mjs read - WHO NOTE" tells whether WHO has read its notification, as the server has it.
import { one, signIn, taskOf, userID } from "../../backend/workspace/testdata/conformance/studio.mjs";

const [action, from, to, text] = process.argv.slice(2);
const session = await signIn(action === "read" ? to : from);
if (action === "read") {
  const row = await one(session, `select id, read_at from Notification where user.username is "${to}" and note_id is "${text}"`);
  console.log(JSON.stringify({ read: row.read_at !== null }));
} else {
  const task = await taskOf(session, "sh0110", "comp");
  const id = crypto.randomUUID();
  await session.call([
    { action: "create", entity_type: "Note", entity_data: { __entity_type__: "Note", id, content: text, parent_id: task.id, parent_type: "Task" } },
    { action: "create", entity_type: "Recipient", entity_data: { __entity_type__: "Recipient", note_id: id, resource_id: await userID(session, to) } },
  ]);
  console.log(JSON.stringify({ id }));
}
