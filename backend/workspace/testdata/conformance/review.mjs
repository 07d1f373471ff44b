// A client review: its items, guests and what they say of it.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn } from "./studio.mjs";

const session = await signIn("tomas");
const project = await one(session, 'select id from Project where name is "northern_lights"');
const version = await one(session, `select id, version, asset.name from AssetVersion where project_id is "${project.id}" and is_published is true limit 1`);
const review = (await session.create("ReviewSession", { name: "Friday", description: "", project_id: project.id })).data;
const [object, invitee] = [crypto.randomUUID(), crypto.randomUUID()];
await session.call([
  operation.create("ReviewSessionObject", { id: object, review_session_id: review.id, version_id: version.id, name: version.asset.name, description: "", version: `Version ${version.version}`, sort_order: 1 }),
  operation.create("ReviewSessionInvitee", { id: invitee, review_session_id: review.id, name: "Ada", email: "ada@example.com" }),
]);
await session.create("ReviewSessionObjectStatus", { review_session_object_id: object, review_session_invitee_id: invitee, status: "approved" });
await session.create("Note", { content: "Brighter, please.", parent_id: object, parent_type: "ReviewSessionObject" });

const shown = await one(session, `
  select name, is_open, created_by.username, review_session_objects.asset_version.version, review_session_objects.notes.content,
    review_session_objects.statuses.status, review_session_invitees.name
  from ReviewSession where id is "${review.id}"`);
assert.equal(shown.created_by.username, "tomas");
assert.equal(shown.review_session_objects[0].notes[0].content, "Brighter, please.");
assert.equal(shown.review_session_objects[0].statuses[0].status, "approved");
assert.equal(shown.review_session_invitees[0].name, "Ada");
assert.equal(typeof shown.is_open, "boolean");
await session.delete("ReviewSession", [review.id]);
assert.equal((await session.query(`select id from ReviewSessionObject where id is "${object}"`)).data.length, 0);
