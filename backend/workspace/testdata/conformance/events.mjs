// The event hub: one client hears what another does, and of its own inbox.
import assert from "node:assert/strict";
import { Event } from "@ftrack/api";
import { signIn, soon, taskOf, userID } from "./studio.mjs";

const maya = await signIn("maya", { autoConnectEventHub: true });
const tomas = await signIn("tomas", { autoConnectEventHub: true });
const updates = [];
const hints = [];
const others = [];
maya.eventHub.subscribe("topic=ftrack.update", (event) => updates.push(event));
maya.eventHub.subscribe("topic=callboard.inbox", (event) => hints.push(event));
tomas.eventHub.subscribe("topic=callboard.inbox", (event) => others.push(event));
maya.eventHub.subscribe("topic=studio.greeting", (event) => ({ heard: event.data.words }));
await soon("the connection", () => maya.eventHub.isConnected() && tomas.eventHub.isConnected());
await new Promise((resolve) => setTimeout(resolve, 300)); // subscriptions are not acknowledged to this client

const task = await taskOf(tomas, "sh0110", "anim");
const note = await tomas.create("Note", { content: "The rope is loose at 1014.", parent_id: task.id, parent_type: "Task" });
await tomas.create("Recipient", { note_id: note.data.id, resource_id: await userID(tomas, "maya") });

const change = await soon("ftrack.update", () => {
  for (const event of updates) {
    const found = event.data.entities.find((entity) => entity.entityId === note.data.id);
    if (found) return { event, found };
  }
});
assert.equal(change.found.action, "add");
assert.equal(change.found.entityType, "note");
assert.equal(change.found.entity_type, "Note");
assert.equal(change.found.changes.text.new, "The rope is loose at 1014.");
assert.equal(change.found.parents.at(-1).entityType, "show");
assert.equal(change.event.data.clientToken, tomas.clientToken, "a client knows its own changes by this token");
assert.equal(change.event.data.user.name ? true : false, true);

const hint = await soon("callboard.inbox", () => hints[0]);
const server = await maya.getServerInformation();
assert.equal(hint.data.epoch, server.callboard.epoch);
const rows = await maya.query(`select note_id from Notification where seq <= ${hint.data.seq} order by seq desc limit 1`);
assert.equal(rows.data[0].note_id, note.data.id);
assert.equal(others.length, 0, "a hint goes to its person alone");

const answer = await tomas.eventHub.publishAndWaitForReply(new Event("studio.greeting", { words: "hej" }), { timeout: 5 });
assert.equal(answer.data.heard, "hej");
process.exit(0); // the sockets would keep the script alive
