// What is put off: for a time, or until something changes about it.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, taskOf, userID } from "./studio.mjs";

const [tomas, maya] = await Promise.all(["tomas", "maya"].map((name) => signIn(name)));
const device = await signIn("maya");
const mayaID = await userID(tomas, "maya");
const [anim, comp] = [await taskOf(tomas, "sh0110", "anim"), await taskOf(tomas, "sh0020", "comp")];

async function tell(task) {
  const id = crypto.randomUUID();
  await tomas.call([
    operation.create("Note", { id, content: "One more thing.", parent_id: task.id, parent_type: "Task" }),
    operation.create("Recipient", { note_id: id, resource_id: mayaID }),
  ]);
  return one(maya, `select id, seq from Notification where note_id is "${id}"`);
}
const state = (row) => one(maya, `select seq, read_at, done_at, snoozed_until, snooze_until_change from Notification where id is "${row.id}"`);

const [first, other] = [await tell(anim), await tell(comp)];
for (const row of [first, other]) await maya.update("Notification", [row.id], { snooze_until_change: true });
const news = await tell(anim);
const woken = await state(first);
assert.equal(woken.snooze_until_change, false);
assert.ok(woken.seq > other.seq && woken.seq !== news.seq, "a change takes a seq of its own");
assert.equal((await state(other)).snooze_until_change, true, "another thing is no news of it");

const tomorrow = new Date(Date.now() + 24 * 3600e3);
await maya.update("Notification", [first.id], { snoozed_until: tomorrow.toISOString() });
assert.ok((await state(first)).snoozed_until);
await assert.rejects(maya.update("Notification", [first.id], { snoozed_until: "9999-01-01T00:00:00" }), { errorCode: "invalid_snooze" });
await assert.rejects(tomas.update("Notification", [first.id], { snoozed_until: null }), /no Notification/);

// Two devices at once: each field is as the last one said, and both read the same.
await Promise.all([
  maya.update("Notification", [other.id], { read_at: new Date().toISOString(), snooze_until_change: false }),
  device.update("Notification", [other.id], { done_at: new Date().toISOString() }),
]);
const after = await state(other);
assert.ok(after.read_at && after.done_at && after.snooze_until_change === false);
const here = await maya.query(`select id, seq from Notification where seq > ${other.seq} order by seq`);
const there = await device.query(`select id, seq from Notification where seq > ${other.seq} order by seq`);
assert.deepEqual(here.data.map((row) => [row.id, row.seq]), there.data.map((row) => [row.id, row.seq]));
const { callboard } = await maya.getServerInformation();
assert.ok(callboard.epoch && callboard.horizon === 0, "nothing has gone yet");
