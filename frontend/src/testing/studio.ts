// The people of a believable workspace as its administrator sees them, what the audit says of them, and the policy.
import type { AccountOf, AuditLine, PeopleChoices, Policy } from '../backend/model'
import { ago } from './builders'

export const peopleChoices: PeopleChoices = {
  roles: ['Administrator', 'Project Manager', 'User'].map((name) => ({ id: name.toLowerCase().replace(' ', '-'), name })),
  groups: ['Animation', 'Compositing', 'Lighting'].map((name) => ({ id: name.toLowerCase(), name })),
}

function one(firstName: string, lastName: string, role: string, groups: string[], part: Partial<AccountOf> = {}): AccountOf {
  const username = firstName.toLowerCase()
  return {
    id: `${username}-${lastName.toLowerCase()}`,
    username,
    firstName,
    lastName,
    email: `${username}@aurora.example`,
    active: true,
    secondFactor: false,
    roles: [{ id: `${username}-role`, role: role.toLowerCase().replace(' ', '-'), name: role, projects: [] }],
    groups: groups.map((name) => ({ id: `${username}-${name}`, group: name.toLowerCase(), name })),
    ...part,
  }
}

export const people = (): AccountOf[] => [
  one('Aiko', 'Mori', 'User', ['Compositing'], { secondFactor: true }),
  one('Ines', 'Navarro', 'Administrator', [], { secondFactor: true }),
  one('Kenji', 'Ito', 'User', ['Animation', 'Lighting']),
  one('Lena', 'Brandt', 'Project Manager', [], {
    roles: [{ id: 'lena-role', role: 'project-manager', name: 'Project Manager', projects: ['Northern Lights', 'Tide'] }],
  }),
  one('Maya', 'Chen', 'Administrator', ['Compositing']),
  one('Tomas', 'Ríos', 'User', [], { active: false }),
  one('Wei', 'Qiao', 'User', ['Lighting'], { secondFactor: true, thumbnailId: 'portrait-wei', keptIn: 'LDAP' }),
]

export const policy = (): Policy => ({ enforced: false, mayEnforce: true, edition: 'enterprise', people: 6, without: 3, mine: true })

export function auditLine(part: Partial<AuditLine>): AuditLine {
  return { seq: 1, at: ago(5), actor: 'ines', subject: 'maya', auth: 'session', what: 'sign_in', outcome: 'ok', address: '10.0.4.17', device: 'Callboard on nova', detail: {}, ...part }
}

export const auditLines = (): AuditLine[] =>
  [
    auditLine({ what: 'user_deactivated', subject: 'tomas', at: ago(4) }),
    auditLine({ what: 'role_given', subject: 'lena', at: ago(31), detail: { role: 'Project Manager', all_open_projects: true } }),
    auditLine({ what: 'throttled', actor: '', auth: 'none', outcome: 'refused', subject: 'kenji', at: ago(70), address: '203.0.113.9', device: '' }),
    auditLine({ what: 'sign_in', actor: '', auth: 'none', outcome: 'refused', subject: 'kenji', at: ago(71), address: '203.0.113.9', device: '', detail: { refused: 'password' } }),
    auditLine({ what: 'user_renamed', subject: 'maya', at: ago(90), detail: { from: 'maya.chen', to: 'maya' } }),
    auditLine({ what: 'setting_changed', subject: '', at: ago(60 * 26), detail: { type: 'WorkspaceSetting', name: 'digest_hour', from: 18, to: 17 } }),
    auditLine({ what: 'invited', subject: 'wei', at: ago(60 * 27) }),
    auditLine({ what: 'keys_rotated', actor: '', subject: '', auth: 'server', address: '', device: '', at: ago(60 * 50) }),
  ].map((line, i, all) => ({ ...line, seq: 4000 + all.length - i }))
