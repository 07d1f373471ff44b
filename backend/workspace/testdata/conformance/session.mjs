// Start-up: what the server says of itself, its schemas, and who may come in.
import assert from "node:assert/strict";
import { Session } from "@ftrack/api";
import { address, signIn } from "./studio.mjs";

const session = await signIn("maya");
const server = await session.getServerInformation();
assert.match(await session.getServerVersion(), /^\d+\.\d+\.\d+/);
assert.equal(server.user_information.username, "maya");
assert.equal(server.is_timezone_support_enabled, true);
assert.ok(server.company_information.name);
assert.ok(server.callboard.version);
assert.ok(server.callboard.epoch);

const schemas = await session.getSchemas();
const names = schemas.map((schema) => schema.id);
for (const name of ["Project", "Sequence", "Shot", "Task", "Note", "Recipient", "User", "Group", "Appointment", "AssetVersion", "Notification"]) {
  assert.ok(names.includes(name), `${name} is not among the schemas`);
}
for (const schema of schemas) assert.ok(schema.primary_key.length > 0, `${schema.id} has no primary key`);
assert.deepEqual(session.getPrimaryKeyAttributes("Recipient"), ["note_id", "resource_id"]);

const stranger = new Session(address, "maya", "not-her-key", { autoConnectEventHub: false });
await assert.rejects(stranger.initializing, /./);
