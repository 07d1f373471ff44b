// Starts sessions of the official client, one after the other, and prints how long each took in
// milliseconds. It runs where that client is installed.
import { Session } from "@ftrack/api";

const { CALLBOARD_URL, CALLBOARD_USER, CALLBOARD_KEY } = process.env;
const took = [];
for (let i = 0; i < 101; i++) {
  const began = performance.now();
  const session = new Session(CALLBOARD_URL, CALLBOARD_USER, CALLBOARD_KEY, { autoConnectEventHub: false });
  await session.initializing;
  took.push(performance.now() - began);
}
console.log(JSON.stringify(took));
