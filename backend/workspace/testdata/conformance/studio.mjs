// What every script needs: the studio's address and people, which the Go test puts into the environment,
// and sessions of the official client.
import assert from "node:assert/strict";
import { Session, expression } from "@ftrack/api";

export const address = process.env.CALLBOARD_URL;
const people = new Map(JSON.parse(process.env.CALLBOARD_USERS).map((user) => [user.username, user]));

// person is one of the demo's people, with their password and key.
export const person = (username) => people.get(username);

// signIn opens a session as one of the demo's people.
export async function signIn(username, options = {}) {
  const session = new Session(address, username, people.get(username).api_key, { autoConnectEventHub: false, ...options });
  await session.initializing;
  return session;
}

// one gives the only entity that a query finds.
export async function one(session, text) {
  const { data } = await session.query(text);
  assert.equal(data.length, 1, `${text} found ${data.length}`);
  return data[0];
}

// userID is the id of one of the demo's people.
export async function userID(session, username) {
  return (await one(session, expression`select id from User where username is "${username}"`)).id;
}

// taskOf finds a task such as sh0110 / anim.
export function taskOf(session, shot, name) {
  return one(session, expression`select id, name, project_id from Task where name is "${name}" and parent.name is "${shot}"`);
}

// soon waits until ask gives something, for a few seconds.
export async function soon(what, ask) {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`${what} did not happen within five seconds`);
}
