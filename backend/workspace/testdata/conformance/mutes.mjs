// Muting a thread, a thing with all below it, or a project.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, taskOf, userID } from "./studio.mjs";

const [tomas, maya] = await Promise.all(["tomas", "maya"].map((name) => signIn(name)));
const mayaID = await userID(tomas, "maya");
const task = await taskOf(tomas, "sh0110", "anim");
const shot = await one(tomas, `select parent_id from Task where id is "${task.id}"`);

async function tell(rest = { parent_id: task.id, parent_type: "Task" }) {
  const id = crypto.randomUUID();
  await tomas.call([
    operation.create("Note", { id, content: "Hold the pose.", ...rest }),
    operation.create("Recipient", { note_id: id, resource_id: mayaID }),
  ]);
  return { id, heard: (await maya.query(`select id from Notification where note_id is "${id}"`)).data.length === 1 };
}
const mute = async (entity_type, entity_id, rest = {}) => (await maya.create("NotificationMute", { entity_type, entity_id, ...rest })).data;

const first = await tell();
assert.ok(first.heard);
for (const [type, id] of [["Note", first.id], ["Task", task.id], ["Shot", shot.parent_id], ["Project", task.project_id]]) {
  const muted = await mute(type, id);
  assert.equal((await tell({ parent_id: task.id, parent_type: "Task", in_reply_to_id: first.id })).heard, false, `${type} is muted`);
  assert.equal((await tell()).heard, type === "Note", `beside a muted ${type}`);
  assert.equal((await tell({ parent_id: null })).heard, true, "messages are never muted");
  const kept = await one(maya, `select entity_type, created_at, until, subject from NotificationMute where id is "${muted.id}"`);
  assert.equal(kept.entity_type, type);
  assert.equal(kept.subject.path[0].type, "Project");
  assert.equal(kept.subject.text, type === "Note" ? "Hold the pose." : undefined);
  assert.ok(kept.created_at && !kept.until);
  assert.equal((await tomas.query(`select id from NotificationMute where id is "${muted.id}"`)).data.length, 0, "a person's own");

  // Until a time, that is over now.
  assert.equal((await mute(type, id, { until: new Date(Date.now() - 1000).toISOString() })).id, muted.id);
  assert.ok((await tell()).heard);
  await maya.delete("NotificationMute", [muted.id]);
}
await assert.rejects(mute("Task", crypto.randomUUID()), /names nothing that you see/);
await assert.rejects(mute("User", mayaID), /cannot be muted/);
