// A production is built, moved, renamed and taken down; what hangs below goes along.
import assert from "node:assert/strict";
import { operation } from "@ftrack/api";
import { one, signIn, userID } from "./studio.mjs";

const session = await signIn("ines");
const schema = await one(session, "select id from ProjectSchema limit 1");
const make = async (type, data) => (await session.create(type, data)).data;

const name = `show-${crypto.randomUUID()}`;
const project = await make("Project", { name, full_name: "Southern Lights", project_schema_id: schema.id });
assert.equal(project.__entity_type__, "Project");
const episode = await make("Episode", { name: "ep01", parent_id: project.id, project_id: project.id });
const folder = await make("Folder", { name: "assets", parent_id: project.id });
const build = await make("AssetBuild", { name: "boat", parent_id: folder.id });
const milestone = await make("Milestone", { name: "delivery", parent_id: project.id, end_date: "2026-12-24T17:00:00" });
const sequence = await make("Sequence", { name: "sq", parent_id: episode.id });
const shot = await make("Shot", { name: "sh", parent_id: sequence.id });
const task = await make("Task", { name: "roto", parent_id: shot.id, bid: 7200 });

const types = await session.query(`select name, object_type.name from TypedContext where project_id is "${project.id}" order by name`);
assert.deepEqual(
  types.data.map((row) => `${row.__entity_type__}:${row.name}`),
  ["Folder:assets", "AssetBuild:boat", "Milestone:delivery", "Episode:ep01", "Task:roto", "Shot:sh", "Sequence:sq"],
);
const filled = await one(session, `select status.name, type.name, priority.name, created_by.username, created_at, link, ancestors.name, project.full_name from Task where id is "${task.id}"`);
assert.ok(filled.status.name && filled.type.name && filled.priority.name, "what is left out is filled in");
assert.equal(filled.created_by.username, "ines");
assert.deepEqual(filled.link.map((step) => step.name).slice(1), ["ep01", "sq", "sh", "roto"]);
assert.deepEqual(filled.ancestors.map((row) => row.name), ["ep01", "sq", "sh"]);

// Moved, with what is below.
await session.update("Shot", [shot.id], { parent_id: folder.id });
assert.deepEqual((await one(session, `select ancestors.name from Task where id is "${task.id}"`)).ancestors.map((row) => row.name), ["assets", "sh"]);
await assert.rejects(session.update("Folder", [folder.id], { parent_id: shot.id }), /below itself/);

// Links between things, managers, assignments of people and groups.
const maya = await userID(session, "maya");
await session.call([
  operation.create("TypedContextLink", { from_id: build.id, to_id: shot.id }),
  operation.create("Manager", { context_id: project.id, user_id: maya, type_id: (await make("ManagerType", { name: "Lead" })).id }),
  operation.create("Appointment", { context_id: task.id, resource_id: maya, type: "assignment" }),
]);
const linked = await one(session, `select incoming_links.from.name, assignments.resource.username from TypedContext where id is "${shot.id}"`);
assert.equal(linked.incoming_links[0].from.name, "boat");
assert.equal((await one(session, `select id from Task where assignments any (resource.username is "maya") and project_id is "${project.id}"`)).id, task.id);

// A status that changes leaves its history.
const done = await one(session, 'select id from Status where name is "Completed"');
await session.update("Task", [task.id], { status_id: done.id });
const change = await one(session, `select status.name, from_status.name, user.username, date from StatusChange where parent_id is "${task.id}"`);
assert.equal(change.status.name, "Completed");
assert.equal(change.user.username, "ines");

assert.equal((await session.delete("Episode", [episode.id])).data, true);
assert.equal((await session.query(`select id from Sequence where id is "${sequence.id}"`)).data.length, 0, "what is below goes");
assert.equal((await session.query(`select id from Task where id is "${task.id}"`)).data.length, 1, "what was moved away stays");
await session.delete("Project", [project.id]);
assert.equal((await session.query(`select id from Context where project_id is "${project.id}"`)).data.length, 0);
await assert.rejects(session.delete("Milestone", [milestone.id]));
