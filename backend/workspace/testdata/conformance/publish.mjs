// Assets and versions: numbered by the server, linked, with components and the places they lie.
import assert from "node:assert/strict";
import { operation, SERVER_LOCATION_ID } from "@ftrack/api";
import { one, signIn, taskOf } from "./studio.mjs";

const session = await signIn("maya");
const task = await taskOf(session, "sh0120", "anim");
const kind = await one(session, 'select id from AssetType where name is "Animation"');
const asset = (await session.create("Asset", { name: `walk-${crypto.randomUUID()}`, context_id: task.id, type_id: kind.id })).data;

const versions = [];
for (const is_published of [true, true, false]) {
  versions.push((await session.create("AssetVersion", { asset_id: asset.id, task_id: task.id, is_published, comment: "walk" })).data);
}
const found = await session.query(`select version, is_latest_version, user.username, status.name, link, project_id from AssetVersion where asset_id is "${asset.id}" order by version`);
assert.deepEqual(found.data.map((row) => row.version), [1, 2, 3]);
assert.deepEqual(found.data.map((row) => row.is_latest_version), [false, true, false], "the latest is the last that is published");
assert.equal(found.data[0].user.username, "maya");
assert.equal((await one(session, `select latest_version.version from Asset where id is "${asset.id}"`)).latest_version.version, 2);

await session.create("AssetVersionLink", { from_id: versions[0].id, to_id: versions[1].id });
const uses = await one(session, `select uses_versions.version, used_in_versions.version from AssetVersion where id is "${versions[1].id}"`);
assert.deepEqual(uses.uses_versions.map((row) => row.version), [1]);

const component = crypto.randomUUID();
const sequence = crypto.randomUUID();
const unmanaged = await one(session, 'select id from Location where name is "ftrack.unmanaged"');
await session.call([
  operation.create("FileComponent", { id: component, name: "main", file_type: ".mov", size: 42, version_id: versions[1].id }),
  operation.create("ComponentLocation", { component_id: component, location_id: unmanaged.id, resource_identifier: "/show/walk.mov" }),
  operation.create("SequenceComponent", { id: sequence, name: "frames", file_type: ".exr", padding: 4, version_id: versions[1].id }),
  operation.create("FileComponent", { name: "0001", file_type: ".exr", container_id: sequence }),
  operation.create("FileComponent", { name: "0002", file_type: ".exr", container_id: sequence }),
  operation.create("Metadata", { parent_id: component, parent_type: "FileComponent", key: "ftr_meta", value: '{"frameIn":0,"frameOut":150,"frameRate":25}' }),
]);
const parts = await session.query(`
  select id, name, file_type, metadata.key, metadata.value, component_locations.location_id, component_locations.resource_identifier
  from Component where version_id is "${versions[1].id}" order by name`);
assert.deepEqual(parts.data.map((row) => row.__entity_type__), ["SequenceComponent", "FileComponent"]);
assert.equal(parts.data[1].component_locations[0].resource_identifier, "/show/walk.mov");
assert.equal(JSON.parse(parts.data[1].metadata[0].value).frameRate, 25);
assert.equal((await one(session, `select members.name from SequenceComponent where id is "${sequence}"`)).members.length, 2);
assert.equal((await session.query(`select id from Component where component_locations.location_id is ${SERVER_LOCATION_ID} and version_id is "${versions[1].id}"`)).data.length, 0);

await session.delete("AssetVersion", [versions[1].id]);
assert.equal((await session.query(`select id from Component where id in (${component},${sequence})`)).data.length, 0);
assert.equal((await one(session, `select latest_version.version from Asset where id is "${asset.id}"`)).latest_version.version, 1);
