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
const settled = () => new Promise((resolve) => setTimeout(resolve, 300)); // subscriptions are not acknowledged to this client
await settled();

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

// Who sent an event is said by the server, whatever the client claims.
const heard = [];
const forged = new Event("studio.claims", { n: 1 });
forged._data.source = { id: "someone", user: { username: "maya", id: "not-tomas" } };
const claims = maya.eventHub.subscribe("topic=studio.claims", (event) => heard.push(event));
await settled();
await tomas.eventHub.publish(forged);
const claim = await soon("an event", () => heard[0]);
assert.equal(claim.source.user.username, "tomas");
assert.equal(claim.source.user.id, await userID(tomas, "tomas"));
assert.deepEqual(Object.keys(claim).sort(), ["data", "id", "inReplyToEvent", "sent", "source", "target", "topic"]);

// A target chooses subscribers by their metadata.
const targeted = { web: 0, other: 0 };
const me = await userID(maya, "maya");
maya.eventHub.subscribe("topic=studio.targeted", () => targeted.web++, { id: "web", applicationId: "ftrack.client.web", user: { id: me } });
tomas.eventHub.subscribe("topic=studio.targeted", () => targeted.other++, { id: "other", applicationId: "ftrack.client.web", user: { id: "x" } });
await settled();
await tomas.eventHub.publish(new Event("studio.targeted", {}, { target: `applicationId=ftrack.client.web and user.id="${me}"` }));
await soon("the targeted event", () => targeted.web === 1);
await settled();
assert.deepEqual(targeted, { web: 1, other: 0 });

// The server takes expressions that this client does not use itself, the same subscriber twice, and sends once.
const wanted = maya.eventHub.subscribe("topic=studio.frames", (event) => heard.push(event));
const subscribe = (subscription) =>
  maya.eventHub.publish(new Event("ftrack.meta.subscribe", { subscriber: { id: "frames" }, subscription }));
for (let i = 0; i < 2; i++) await subscribe('topic=studio.* and (data.frames >= 10 or data.shot="sh01*") and not source.user.username=maya');
maya.eventHub.unsubscribe(wanted); // only the richer expression is left at the server
const frames = [];
maya.eventHub._subscribers.push({ subscription: "topic=studio.frames", callback: (event) => frames.push(event.data), metadata: { id: "frames" } });
await settled();
for (const data of [{ frames: 9 }, { frames: 10 }, { shot: "sh0110" }, { shot: "sq01" }]) {
  await tomas.eventHub.publish(new Event("studio.frames", data));
}
await soon("the frames", () => frames.length >= 2);

// Who has unsubscribed hears no more.
heard.length = 0;
maya.eventHub.unsubscribe(claims);
await settled();
await tomas.eventHub.publish(new Event("studio.claims", { n: 2 }));
await settled();
assert.deepEqual(frames, [{ frames: 10 }, { shot: "sh0110" }]);
assert.equal(heard.length, 0);

// Several subscribers answer one question, each to who asked alone.
const answers = [];
maya.eventHub.subscribe("topic=ftrack.action.discover", () => ({ items: [{ label: "Play", actionIdentifier: "play" }] }));
tomas.eventHub.subscribe("topic=ftrack.action.discover", () => ({ items: [{ label: "Open", actionIdentifier: "open" }] }));
await settled();
await tomas.eventHub.publish(new Event("ftrack.action.discover", { selection: [{ entityId: task.id, entityType: "task" }] }), {
  onReply: (event) => answers.push(event.data.items[0].label),
});
await soon("both answers", () => answers.length === 2);
assert.deepEqual(answers.sort(), ["Open", "Play"]);

// What is changed and removed says how it was before.
updates.length = 0;
await tomas.update("Note", [note.data.id], { content: "The rope is loose at 1015." });
await tomas.delete("Note", [note.data.id]);
const told = await soon("the removal", () => updates.flatMap((event) => event.data.entities).find((e) => e.entityId === note.data.id && e.action === "remove"));
assert.deepEqual(told.changes.text, { old: "The rope is loose at 1015.", new: null });
const edited = updates.flatMap((event) => event.data.entities).find((e) => e.entityId === note.data.id && e.action === "update");
assert.deepEqual(edited.changes.text, { old: "The rope is loose at 1014.", new: "The rope is loose at 1015." });
assert.ok(!edited.keys.includes("parent_id"), "only what changed is told");

// Of a private project only those hear who may see it, of its end too.
const admin = await signIn("ines", { autoConnectEventHub: true });
const all = [];
admin.eventHub.subscribe("topic=ftrack.update", (event) => all.push(...event.data.entities));
await soon("the connection", () => admin.eventHub.isConnected());
await settled();
updates.length = 0;
const schema = await admin.query("select id from ProjectSchema limit 1");
const secret = await admin.create("Project", { name: "secret_show", full_name: "Secret", is_private: true, project_schema_id: schema.data[0].id });
await admin.delete("Project", [secret.data.id]);
await soon("the removal", () => all.some((e) => e.entityId === secret.data.id && e.action === "remove"));
await settled();
assert.ok(!updates.some((event) => event.data.entities.some((e) => e.entityId === secret.data.id)), "maya heard of a project she may not see");

// A client whose connection broke comes back, says what it wants again, and hears again.
maya.eventHub._socketIo.webSocket.close();
await soon("the loss", () => !maya.eventHub.isConnected());
await soon("the return", () => maya.eventHub.isConnected());
await settled();
const again = await tomas.eventHub.publishAndWaitForReply(new Event("studio.greeting", { words: "hej again" }), { timeout: 5 });
assert.equal(again.data.heard, "hej again");
process.exit(0); // the sockets would keep the script alive
