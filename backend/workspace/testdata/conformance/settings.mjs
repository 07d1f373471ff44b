// What people and scripts keep on the server: settings, states of applications, jobs, groups, people.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, userID } from "./studio.mjs";

const admin = await signIn("ines");
const maya = await signIn("maya");
const mayaID = await userID(admin, "maya");

await admin.create("Setting", { name: "naming", group: "PIPELINE", value: "{shot}_{task}" });
assert.equal((await one(maya, 'select value from Setting where name is "naming" and group is "PIPELINE"')).value, "{shot}_{task}");
await admin.update("Setting", ["naming", "PIPELINE"], { value: "{task}" });
await assert.rejects(maya.update("Setting", ["naming", "PIPELINE"], { value: "mine" }), /./);

await maya.create("UserApplicationState", { user_id: mayaID, key: "columns", value: "[1,2]" });
assert.equal((await one(maya, 'select value from UserApplicationState where key is "columns"')).value, "[1,2]");
assert.equal((await admin.query(`select value from UserApplicationState where user_id is "${mayaID}"`)).data.length, 0, "a person's own");

const job = (await maya.create("Job", { user_id: mayaID, status: "running", data: JSON.stringify({ description: "Transcode" }) })).data;
await maya.update("Job", [job.id], { status: "done" });
const finished = await one(maya, `select status, data, created_at, finished_at from Job where id is "${job.id}"`);
assert.equal(finished.status, "done");
assert.equal(JSON.parse(finished.data).description, "Transcode");

const username = `guest-${crypto.randomUUID()}`;
const [user, group] = [crypto.randomUUID(), crypto.randomUUID()];
await admin.call([
  operation.create("User", { id: user, username, first_name: "Gu", last_name: "Est", email: "guest@example.com", is_active: true }),
  operation.create("Group", { id: group, name: "Guests" }),
  operation.create("Membership", { group_id: group, user_id: user }),
]);
const members = await one(maya, `select name, memberships.user.username from Group where id is "${group}"`);
assert.equal(members.memberships[0].user.username, username);
assert.equal((await one(maya, `select id from Resource where id is "${user}"`)).__entity_type__, "User");
assert.equal((await maya.query(`select resource_type from BaseUser where memberships.group_id is "${group}"`)).data.length, 1);
await admin.delete("Group", [group]);
assert.equal((await maya.query(`select id from Membership where group_id is "${group}"`)).data.length, 0);
const sessions = await maya.query(`select id from UserSession where user_id is_not "${mayaID}"`);
assert.equal(sessions.data.length, 0, "other people's sessions show");
