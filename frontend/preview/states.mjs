// The states of the page that are kept as pictures and searched for faults.
const open = (page) => page.locator('[data-row=rim]').click()
const fill = async (page) => {
  await page.locator('input').nth(0).fill('callboard.aurora.example')
  await page.locator('input').nth(1).fill('maya')
  await page.locator('input').nth(2).fill('a long password')
  await page.locator('button[type=submit]').click()
}
const edit = async (page) => {
  await page.locator('[data-field=timezone] select').selectOption('Asia/Tokyo')
  await page.locator('[data-field=fuzzyDates] input').click()
}
/** elsewhere plays a change of preferences that comes from another device. */
const elsewhere = (page, chosen) =>
  page.evaluate((chosen) => window.backend.emit({ account: { ...window.backend.account, preferences: { quietHours: null, ...chosen } } }), chosen)
/** invite tries to, and is refused. */
const invite = async (page) => {
  await page.locator('.invite button').click()
  const fields = page.locator('dialog input')
  for (const [i, text] of ['Nora', 'Bech', 'maya', 'nora@aurora.example'].entries()) await fields.nth(i).fill(text)
  await page.locator('dialog button[type=submit]').click()
}
/** approve gives the first task another status by the keys. */
const approve = async (page) => {
  await page.keyboard.press('j')
  await page.locator('[data-row=late]:focus').waitFor()
  await page.keyboard.press('s')
  await page.locator('[role=menu]').waitFor()
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
}
/** pick chooses a file as the new picture, as the system's dialog does. */
const pick = async (page, name = 'me.png') => {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: Buffer.from('a picture') })
  await page.locator('.area').waitFor()
}
/** refusing lets Go refuse a file as a picture. */
const refusing = async (page) => {
  await page.evaluate(() => (window.fetch = async () => new Response('{"code":"invalid","reason":"no_picture"}', { status: 400 })))
  await page.locator('input[type=file]').setInputFiles({ name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
}
const sendPicture = async (page) => {
  await pick(page)
  await page.evaluate(() => void window.backend.hold())
  await page.keyboard.press('Enter')
  await page.evaluate(() => window.backend.emit({ sending: { sent: 5_300_000, total: 8_400_000 } }))
}
const rename = async (page) => {
  await page.locator('[data-field=firstName] input').fill('M'.repeat(300))
  await page.locator('[data-field=email] input').fill('tomas@aurora.example')
  await page.keyboard.press('Control+s')
}
const twice = async (page) => {
  await page.locator('main h1').waitFor()
  for (let i = 0; i < 6; i++) await page.keyboard.press('Control+=')
}
const lower = (page) => page.locator('[role=combobox]').evaluate((field) => field.scrollIntoView({ block: 'start' }))
const week = (page) => page.locator('[data-field=quietHours] [aria-expanded]').click()
/** drag paints Wednesday and Thursday from 12:00 to 14:00. */
const drag = async (page) => {
  const middle = async (cell) => {
    const { x, y, width, height } = await page.locator(cell).boundingBox()
    return [x + width / 2, y + height / 2]
  }
  await page.mouse.move(...(await middle('[data-day="2"][data-slot="24"]')))
  await page.mouse.down()
  await page.mouse.move(...(await middle('[data-day="3"][data-slot="27"]')), { steps: 4 })
  await page.mouse.up()
}
/** section presses a button of a section of the page Security. */
const section = (page, id, nth = 0) => page.locator(`section[aria-labelledby=${id}] button`).nth(nth).click()
const press = (page) => page.locator('dialog[open] footer button').last().click()
const type = async (page, ...texts) => {
  for (const [i, text] of texts.entries()) await page.locator('dialog[open] input').nth(i).fill(text)
}
const password = (page) => section(page, 'password').then(() => type(page, 'my old one', 'blue-kite over', 'blue-kite over'))
const setUp = async (page) => {
  await section(page, 'two-factor')
  await press(page)
  await page.locator('dialog[open] svg[role=img]').waitFor()
  await type(page, '419')
}
const turnOn = async (page) => {
  await setUp(page)
  await type(page, '419302')
  await press(page)
  await page.locator('dialog[open] svg[role=img]').waitFor({ state: 'detached' })
}
const codes = async (page) => {
  await section(page, 'two-factor')
  await type(page, '419302')
  await press(page)
  await page.locator('dialog[open] ol').waitFor()
}
export const sizes = { wide: [1240, 800], medium: [900, 700], compact: [420, 640] }
/** states are what is looked at: a scene in a size of the window, and what is done in it first. */
export const states = [
  ...['first-run', 'inbox', 'empty'].flatMap((scene) => Object.keys(sizes).map((size) => ({ scene, size }))),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'open', act: open })),
  ...Object.keys(sizes).map((size) => ({ scene: 'long', size, act: open })),
  { scene: 'inbox', name: 'inbox-hover', act: (page) => page.locator('[data-row=blocking]').hover() },
  { scene: 'inbox', name: 'menu', act: (page) => page.locator('.opener').click() },
  { scene: 'paused', name: 'menu-paused', act: (page) => page.locator('.opener').click() },
  { scene: 'paused', name: 'another', act: (page) => page.locator('.opener').click().then(() => page.locator('.panel ul + button').click()) },
  { scene: 'compact', name: 'menu', size: 'compact', act: (page) => page.locator('.opener').click() },
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'preferences', at: 'account/preferences' })),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'unsaved', at: 'account/preferences', act: edit })),
  { scene: 'inbox', name: 'leaving', at: 'account/preferences', act: (page) => edit(page).then(() => page.locator('header .inbox').click()) },
  { scene: 'inbox', name: 'leaving', size: 'compact', at: 'account/preferences', act: (page) => edit(page).then(() => page.locator('header .inbox').click()) },
  { scene: 'zone-refused', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  { scene: 'save-refused', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  { scene: 'inbox', name: 'conflict', at: 'account/preferences', act: (page) => edit(page).then(() => elsewhere(page, { timezone: 'Asia/Seoul' })) },
  { scene: 'inbox', name: 'conflict', size: 'compact', at: 'account/preferences', act: (page) => edit(page).then(() => elsewhere(page, { timezone: 'Asia/Seoul' })) },
  { scene: 'inbox', name: 'saved', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'tasks', at: 'tasks' })),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'tasks-open', at: 'tasks', act: (page) => page.locator('[data-row=late]').click() })),
  ...Object.keys(sizes).map((size) => ({ scene: 'tasks-long', size, at: 'tasks' })),
  { scene: 'tasks-long', name: 'tasks-long-open', at: 'tasks', act: (page) => page.locator('[data-row=long]').click() },
  { scene: 'inbox', name: 'tasks-status', at: 'tasks', act: (page) => page.keyboard.press('j').then(() => page.keyboard.press('s')) },
  { scene: 'inbox', name: 'tasks-order', at: 'tasks', act: (page) => page.locator('.order button').click() },
  { scene: 'inbox', name: 'tasks-project', at: 'tasks', act: (page) => page.locator('.order button').click().then(() => page.keyboard.press('ArrowDown')).then(() => page.keyboard.press('Enter')) },
  { scene: 'inbox', name: 'tasks-set', at: 'tasks', act: (page) => approve(page) },
  { scene: 'tasks-refused', at: 'tasks', act: (page) => approve(page) },
  ...['tasks-none', 'tasks-crowd', 'tasks-loading', 'tasks-never', 'tasks-failed'].map((scene) => ({ scene, at: 'tasks' })),
  { scene: 'offline', name: 'tasks-offline', at: 'tasks' },
  { scene: 'offline', name: 'tasks-offline', size: 'compact', at: 'tasks' },
  { scene: 'inbox', name: 'tasks-unmatched', at: 'tasks', act: (page) => page.locator('input[type=search]').fill('nothing like it') },
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'overview', at: 'overview' })),
  { scene: 'inbox', name: 'overview-below', at: 'overview', act: (page) => page.locator('.scroll').evaluate((box) => box.scrollTo(0, 9000)) },
  ...['overview-none', 'tasks-never', 'tasks-failed'].map((scene) => ({ scene, name: `overview-${scene.split('-')[1]}`, at: 'overview' })),
  { scene: 'offline', name: 'overview-offline', at: 'overview' },
  ...Object.keys(sizes).map((size) => ({ scene: 'notifications', size, at: 'account/notifications' })),
  ...Object.keys(sizes).map((size) => ({ scene: 'notifications', name: 'overrides', size, at: 'account/notifications', act: lower })),
  ...Object.keys(sizes).map((size) => ({ scene: 'notifications', name: 'week', size, at: 'account/notifications', act: week })),
  { scene: 'notifications', name: 'week-painted', at: 'account/notifications', act: (page) => week(page).then(() => drag(page)) },
  { scene: 'notifications', name: 'ways', at: 'account/notifications', act: (page) => page.locator('[data-field="kind/note"] [aria-haspopup]').click() },
  { scene: 'notifications', name: 'ways-off', at: 'account/notifications', act: (page) => page.locator('[data-field="kind/assignment"] .chip button').first().click() },
  { scene: 'notifications', name: 'search', at: 'account/notifications', act: (page) => lower(page).then(() => page.locator('[role=combobox]').fill('r')).then(() => page.waitForTimeout(300)) },
  { scene: 'no-mail', at: 'account/notifications' },
  ...Object.keys(sizes).map((size) => ({ scene: 'defaults', size, at: 'administration/defaults' })),
  { scene: 'defaults', name: 'defaults-refused', at: 'administration/defaults', act: (page) => page.locator('[data-field=retentionDays] input').fill('0').then(() => page.keyboard.press('Control+s')) },
  { scene: 'defaults-failed', at: 'administration/defaults' },
  { scene: 'settings-unknown', at: 'account/notifications' },
  { scene: 'settings-offline', at: 'account/notifications' },
  ...Object.keys(sizes).map((size) => ({ scene: 'guarded', size, name: 'security', at: 'account/security' })),
  ...['security-enforced', 'security-elsewhere', 'security-failed', 'security-offline'].map((scene) => ({ scene, at: 'account/security' })),
  ...['wide', 'compact'].map((size) => ({ scene: 'inbox', size, name: 'security-password', at: 'account/security', act: password })),
  { scene: 'password-refused', name: 'security-password-refused', at: 'account/security', act: (page) => password(page).then(() => press(page)) },
  { scene: 'inbox', name: 'security-explained', at: 'account/security', act: (page) => section(page, 'two-factor') },
  ...['wide', 'compact'].map((size) => ({ scene: 'inbox', size, name: 'security-set-up', at: 'account/security', act: setUp })),
  { scene: 'inbox', name: 'security-set-up-done', at: 'account/security', act: turnOn },
  { scene: 'guarded', name: 'security-disable', at: 'account/security', act: (page) => section(page, 'two-factor', 1) },
  { scene: 'code-refused', name: 'security-disable-refused', at: 'account/security', act: (page) => section(page, 'two-factor', 1).then(() => type(page, '419302')).then(() => press(page)) },
  { scene: 'guarded', name: 'security-backup', at: 'account/security', act: (page) => section(page, 'two-factor', 1).then(() => page.locator('dialog[open] form button').click()) },
  ...['wide', 'compact'].map((size) => ({ scene: 'guarded', size, name: 'security-codes', at: 'account/security', act: codes })),
  { scene: 'guarded', name: 'security-codes-kept', at: 'account/security', act: (page) => codes(page).then(() => page.locator('dialog[open] .ways button').first().click()) },
  { scene: 'guarded', name: 'security-codes-unkept', at: 'account/security', act: (page) => codes(page).then(() => press(page)) },
  { scene: 'inbox', name: 'security-key-reset', at: 'account/security', act: (page) => section(page, 'api-key') },
  { scene: 'inbox', name: 'security-key', at: 'account/security', act: (page) => section(page, 'api-key').then(() => press(page)) },
  { scene: 'inbox', name: 'security-signed-out', at: 'account/security', act: (page) => section(page, 'devices') },
  { scene: 'unconfirmed', name: 'security-confirm', at: 'account/security', act: (page) => section(page, 'api-key').then(() => press(page)) },
  {
    scene: 'unconfirmed', name: 'security-confirm-code', at: 'account/security',
    act: async (page) => {
      await section(page, 'api-key')
      await press(page)
      await page.locator('dialog[open] input[type=password]').fill('a long password')
      await page.locator('dialog[open]').last().locator('footer button').last().click()
      await page.locator('dialog[open] .boxes').waitFor()
    },
  },
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', name: 'why', size, act: (page) => open(page).then(() => page.locator('[aria-controls]').last().click()) })),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', name: 'snooze', size, act: (page) => open(page).then(() => page.keyboard.press('s')) })),
  { scene: 'inbox', name: 'snooze-row', act: (page) => page.keyboard.press('j').then(() => page.waitForTimeout(300)).then(() => page.keyboard.press('s')) },
  { scene: 'inbox', name: 'mute', act: (page) => open(page).then(() => page.keyboard.press('m')) },
  { scene: 'inbox', name: 'mute-for', act: (page) => open(page).then(() => page.keyboard.press('m')).then(() => page.locator('[role=menuitem]').nth(1).click()) },
  { scene: 'snoozed', act: (page) => page.locator('.chips button').nth(2).click().then(() => open(page)) },
  { scene: 'inbox', name: 'snoozed-none', act: (page) => page.locator('.chips button').nth(2).click() },
  ...Object.keys(sizes).map((size) => ({ scene: 'profile-picture', name: 'profile', size, at: 'account/profile' })),
  { scene: 'inbox', name: 'profile-hover', at: 'account/profile', act: (page) => page.locator('.face').hover() },
  { scene: 'profile-picture', name: 'profile-focus', at: 'account/profile', act: (page) => page.locator('.face').focus() },
  ...Object.keys(sizes).map((size) => ({ scene: 'profile-long', size, at: 'account/profile' })),
  { scene: 'profile-long', name: 'profile-200', size: 'medium', at: 'account/profile', act: twice },
  ...['wide', 'compact'].map((size) => ({ scene: 'profile-refused', size, at: 'account/profile', act: rename })),
  { scene: 'inbox', name: 'picture-none', at: 'account/profile', act: refusing },
  ...['wide', 'compact'].map((size) => ({ scene: 'inbox', name: 'crop', size, at: 'account/profile', act: pick })),
  { scene: 'inbox', name: 'crop-zoomed', at: 'account/profile', act: (page) => pick(page).then(async () => { for (const key of ['+', '+', '+', '+', 'Shift+ArrowLeft']) await page.keyboard.press(key) }) },
  { scene: 'inbox', name: 'crop-sending', at: 'account/profile', act: sendPicture },
  { scene: 'picture-refused', at: 'account/profile', act: (page) => pick(page).then(() => page.keyboard.press('Enter')) },
  { scene: 'inbox', name: 'crop-200', size: 'medium', at: 'account/profile', act: (page) => twice(page).then(() => pick(page)) },
  { scene: 'settings-offline', name: 'profile-unknown', at: 'account/profile' },
  { scene: 'inbox', name: 'pages', size: 'medium', act: (page) => page.locator('header button').first().click() },
  { scene: 'compact', name: 'pages', size: 'compact', act: (page) => page.locator('header button').first().click() },
  { scene: 'inbox', name: 'keys', act: (page) => page.keyboard.press('?') },
  { scene: 'inbox', name: 'done', act: (page) => page.keyboard.press('j').then(() => page.keyboard.press('e')) },
  { scene: 'refused', act: (page) => page.keyboard.press('j').then(() => page.keyboard.press('e')) },
  { scene: 'wrong-password', act: fill },
  { scene: 'wrong-address', act: fill },
  ...['wide', 'compact'].map((size) => ({ scene: 'second-factor', size, act: fill })),
  { scene: 'insecure', act: fill },
  { scene: 'untrusted', act: (page) => fill(page).then(() => page.locator('form button:not([type=submit])').first().click()) },
  { scene: 'enrolling', act: fill },
  { scene: 'unencrypted' },
  { scene: 'first-run', name: 'forgot', act: (page) => page.locator('form button').last().click() },
  { scene: 'offline' },
  { scene: 'offline', size: 'compact' },
  { scene: 'expired', act: open },
  { scene: 'failed' },
  { scene: 'thread-failed', act: open },
  { scene: 'many', act: (page) => page.locator('[role=list] > div').evaluate((list) => list.scrollTo(0, 9000)) },
  { scene: 'inbox', name: 'exact', dates: 'exact', act: open },
  { scene: 'inbox', name: 'zoom', act: async (page) => { for (let i = 0; i < 3; i++) await page.keyboard.press('Control+='); await open(page) } },
  ...Object.keys(sizes).flatMap((size) => [
    { scene: 'office', size, name: 'people', at: 'administration/people' },
    { scene: 'office', size, name: 'person', at: 'administration/people/kenji-ito' },
    { scene: 'office', size, name: 'audit', at: 'administration/audit', act: (page) => page.locator('main li button').nth(3).click() },
    { scene: 'office', size, name: 'policy', at: 'administration/security' },
  ]),
  { scene: 'office', name: 'person-self', at: 'administration/people/maya-chen' },
  { scene: 'office', name: 'person-roles', at: 'administration/people/kenji-ito', act: (page) => page.locator('[data-field=roles] [aria-haspopup]').click() },
  { scene: 'office', name: 'person-off', at: 'administration/people/kenji-ito', act: (page) => page.locator('[data-field=active] button').click() },
  { scene: 'office', name: 'person-factor', at: 'administration/people/aiko-mori', act: (page) => page.locator('[data-field=factor] button').click() },
  { scene: 'office', name: 'person-rename', at: 'administration/people/kenji-ito', act: (page) => page.locator('[data-field=username] button').click() },
  ...['wide', 'compact'].map((size) => ({ scene: 'office-refused', size, name: 'invite', at: 'administration/people', act: (page) => invite(page) })),
  { scene: 'office', name: 'people-unmatched', at: 'administration/people', act: (page) => page.locator('input[type=search]').fill('nobody at all') },
  ...['people', 'audit', 'security'].map((name) => ({ scene: 'office-failed', name: `${name}-failed`, at: `administration/${name}` })),
  { scene: 'office', name: 'policy-unsaved', at: 'administration/security', act: (page) => page.locator('[role=switch]').click() },
]
