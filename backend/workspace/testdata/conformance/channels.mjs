// Which channels a kind of notification takes: a person's choices, for a project and everywhere, and an
// administrator's for whoever chose nothing.
import assert from "node:assert/strict";
import { error, operation } from "@ftrack/api";
import { one, signIn, soon, taskOf, userID } from "./studio.mjs";

const [tomas, maya, ines] = await Promise.all(["tomas", "maya", "ines"].map((name) => signIn(name)));
const task = await taskOf(tomas, "sh0020", "comp");
const mayaID = await userID(tomas, "maya");

// tell writes maya a note and gives her notification of it, or undefined where none comes.
async function tell() {
  const id = crypto.randomUUID();
  await tomas.call([
    operation.create("Note", { id, content: "The mast again.", parent_id: task.id, parent_type: "Task" }),
    operation.create("Recipient", { note_id: id, resource_id: mayaID }),
  ]);
  return (await maya.query(`select kind, kinds, routes from Notification where note_id is "${id}"`)).data[0];
}
const decided = (row) => row.routes.map(({ channel, kind, layer }) => `${channel} ${kind} ${layer}`);
const choose = (session, channels, rest = {}) => session.create("NotificationPreference", { kind: "note", channels, ...rest });

assert.deepEqual(decided(await tell()), ["mail note built_in", "internal note built_in"]);
const standard = (await ines.create("NotificationDefault", { kind: "note", channels: ["digest", "internal"] })).data;
assert.deepEqual(decided(await tell()), ["internal note workspace", "digest note workspace"]);
assert.deepEqual((await one(maya, `select channels from NotificationDefault where kind is "note"`)).channels, ["internal", "digest"]);

const own = (await choose(maya, ["mail"])).data;
assert.equal(await tell(), undefined, "off for the inbox");
const here = (await choose(maya, ["internal"], { project_id: task.project_id })).data;
assert.deepEqual(decided(await tell()), ["internal note project"]);

// Choosing again is changing: the answer names the one that is there.
const again = (await choose(maya, [])).data;
assert.equal(again.id, own.id);
assert.deepEqual((await one(maya, "select channels from NotificationPreference where project_id is none")).channels, []);
await maya.update("NotificationPreference", [here.id], { channels: ["internal", "mail"] });
assert.deepEqual(decided(await tell()), ["mail note project", "internal note project"]);

// Nobody else sees them, and nobody else makes them.
assert.equal((await ines.query(`select id from NotificationPreference where user_id is "${mayaID}"`)).data.length, 0);
for (const [attempt, words] of [
  [() => choose(ines, [], { user_id: mayaID }), /may not create/],
  [() => maya.create("NotificationDefault", { kind: "note", channels: [] }), /may not create/],
  [() => choose(maya, ["pigeon"]), /no channel pigeon/],
  [() => choose(maya, [], { kind: "fire_alarm" }), /no kind of notification/],
  [() => choose(maya, [], { project_id: crypto.randomUUID() }), /does not exist/],
]) {
  await assert.rejects(attempt, words);
}
const reasons = [];
await choose(maya, ["pigeon"]).catch((reason) => reasons.push(reason instanceof error.ServerValidationError, reason.errorCode));
assert.deepEqual(reasons, [true, "unknown_channel"]);

// How many follow each default is told to administrators, all kinds by rank.
const [{ data: followed }] = await ines.call([{ action: "notification_defaults" }]);
assert.equal(followed.kinds.length, 13);
assert.deepEqual(followed.kinds[1], { kind: "note", channels: ["internal", "digest"], layer: "workspace", followers: followed.people - 1 });
assert.deepEqual(followed.kinds[0], { kind: "message", channels: ["mail", "internal"], layer: "built_in", followers: followed.people });
await assert.rejects(maya.call([{ action: "notification_defaults" }]), error.ServerPermissionDeniedError);

// To drop a choice is to follow again.
await maya.delete("NotificationPreference", [own.id]);
await maya.delete("NotificationPreference", [here.id]);
assert.deepEqual(decided(await tell()), ["internal note workspace", "digest note workspace"]);
await ines.delete("NotificationDefault", [standard.id]);
assert.deepEqual(decided(await soon("a notification", tell)), ["mail note built_in", "internal note built_in"]);
