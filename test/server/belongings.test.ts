/** What is a person's: a copy of all of it, and its end. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultLimits } from '../../src/core/index.ts'
import { openZip } from '../../src/core/io/zip.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

const password = 'correct horse battery'
let house: TestHouse
let count = 0
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.close())

const person = async (name: string) => {
  const browser = caller(house.app, '', `10.2.0.${++count}`)
  const { account } = await browser.data<{ account: { id: string } }>(
    browser.post('/api/account/sign-up', { email: `${name}@example.com`, password }),
  )
  return { browser, id: account.id }
}
const sentence = 'The contractor shall deliver the report within thirty days of the award of the contract. '

/** One of everything, under a word that nobody else uses. */
async function furnish(browser: Caller, word: string) {
  const { conversion_id } = await convert(browser, `${word} ${sentence.repeat(4)}`, `${word}.txt`)
  const { analysis_id } = await browser.data<{ analysis_id: string }>(
    browser.post('/api/rfp/compliance-matrix', { conversion_id }),
  )
  const proposal = await browser.data<{ id: string }>(browser.post('/api/proposals', { title: word }))
  const under = `/api/proposals/${proposal.id}`
  await browser.data(browser.put(`${under}/documents/${conversion_id}`, {}))
  await browser.data(browser.post(`${under}/matrix`, { analysis_id }))
  await browser.data(browser.post(`${under}/comments`, { body: `${word} said` }))
  const { key } = await browser.data<{ key: string }>(
    browser.post('/api/keys', { name: word, scopes: ['documents:read'] }),
  )
  return { conversion_id, analysis_id, proposal_id: proposal.id, key }
}

async function copyOf(browser: Caller) {
  const answer = await browser.get('/api/account/export')
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/zip'])
  const zip = await openZip(answer.bytes, { ...defaultLimits, inflateRatio: Number.POSITIVE_INFINITY })
  const text = async (name: string) => Buffer.from((await zip.read(name))!).toString()
  const all = (await Promise.all(zip.names.map(text))).join('\n')
  return { names: zip.names, text, all, index: JSON.parse(await text('index.json')) }
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(house.folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes(folder))
    .map(({ name }) => name)

const audited = async (id: string): Promise<string[]> => {
  const { rows } = (await house.sql(
    `select action from audit_log where target_id = '${id}' order by id`,
  )) as { rows: { action: string }[] }
  return rows.map(({ action }) => action)
}

test('the copy holds everything that is the person’s, and nothing of anybody else', async () => {
  const { browser, id } = await person('anna')
  const mine = await furnish(browser, 'walnut')
  await furnish((await person('bert')).browser, 'hazelnut')
  const { names, text, all, index } = await copyOf(browser)
  expect(names).toEqual([
    `documents/${mine.conversion_id}/walnut.txt`,
    `documents/${mine.conversion_id}/markdown/document.md`,
    `analyses/${mine.analysis_id}.json`,
    `proposals/${mine.proposal_id}.json`,
    'index.json',
  ])
  expect(await text(names[0]!)).toContain('walnut The contractor shall deliver')
  expect(await text(names[1]!)).toContain('The contractor shall deliver')
  expect(JSON.stringify(JSON.parse(await text(names[2]!)))).toContain('shall deliver the report')
  const proposal = JSON.parse(await text(names[3]!))
  expect(proposal.proposal).toMatchObject({ title: 'walnut' })
  expect(proposal.matrix[0].requirement_text).toContain('shall deliver')
  expect(proposal.comments).toMatchObject([{ body: 'walnut said' }])
  expect(index).toMatchObject({
    account: { id, email: 'anna@example.com' },
    keys: [{ name: 'walnut', scopes: ['documents:read'] }],
    documents: [{ id: mine.conversion_id, filename: 'walnut.txt' }],
    missing_files: [],
  })
  expect(index.usage.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['analyses', 'pages'])
  expect(all).not.toContain('hazelnut')
  // Neither secrets nor places in storage.
  expect(all).not.toMatch(new RegExp(`${mine.key}|key_hash|stored_uri|"token"|originals/`))
  expect(await audited(id)).toEqual(['account.exported'])
})

test('only a signed-in person gets a copy', async () => {
  const { browser } = await person('carla')
  const { key } = await furnish(browser, 'almond')
  const stranger = caller(house.app)
  expect((await stranger.get('/api/account/export')).status).toBe(401)
  expect((await stranger.get('/api/account/export', { authorization: `Bearer ${key}` })).status).toBe(403)
})

test('a file that is gone from storage is named, and the rest of the copy is there', async () => {
  const { browser } = await person('dora')
  const { conversion_id } = await furnish(browser, 'pecan')
  await house.sql(`update conversions set stored_uri = 'originals/00/gone' where id = '${conversion_id}'`)
  const { names, index } = await copyOf(browser)
  expect(index.missing_files).toEqual([`documents/${conversion_id}/pecan.txt`])
  expect(names).toContain(`documents/${conversion_id}/markdown/document.md`)
})

test('deleting an account deletes its rows and files at once and leaves two receipts', async () => {
  const { browser, id } = await person('emil')
  const { conversion_id } = await furnish(browser, 'cashew')
  const { rows } = (await house.sql(`select stored_uri, output_uri from conversions
    where id = '${conversion_id}'`)) as { rows: { stored_uri: string; output_uri: string }[] }
  const original = rows[0]!.stored_uri.split('/').at(-1)!
  expect(filesIn('originals')).toContain(original)
  expect((await browser.delete('/api/account', { password })).status).toBe(200)
  expect(filesIn('originals')).not.toContain(original)
  expect(filesIn(rows[0]!.output_uri)).toEqual([])
  expect(await audited(id)).toEqual(['account.deleted', 'account.files_deleted'])
  for (const table of ['conversions', 'analyses', 'proposals', 'jobs', 'api_keys', 'usage_entries'])
    expect(await house.sql(`select from ${table} where user_id = '${id}'`)).toMatchObject({ rows: [] })
})

test('the only owner of a team with others in it is told to hand it on first; a team alone goes along', async () => {
  const { browser, id } = await person('frida')
  const other = await person('gerd')
  const [shared, alone] = await Promise.all(
    ['Shared', 'Alone'].map((name) => browser.data<{ id: string }>(browser.post('/api/teams', { name }))),
  )
  await house.sql(`insert into team_members (team_id, user_id, role)
    values ('${shared!.id}', '${other.id}', 'editor')`)
  const refused = await browser.delete('/api/account', { password })
  expect(refused).toMatchObject({ status: 409, json: { error: 'conflict' } })
  expect(refused.json.message).toContain('only owner of Shared')
  await browser.data(browser.put(`/api/teams/${shared!.id}/members/${other.id}`, { role: 'owner' }))
  expect((await browser.delete('/api/account', { password })).status).toBe(200)
  const { rows } = (await house.sql(
    `select id from teams where id in ('${shared!.id}', '${alone!.id}')`,
  )) as { rows: { id: string }[] }
  expect(rows).toEqual([{ id: shared!.id }])
  expect(await audited(id)).toContain('account.deleted')
})

test('documents of a team’s proposal stay with the team when the one who uploaded them goes', async () => {
  const [uploader, keeper] = [await person('hans'), await person('ida')]
  const team = await keeper.browser.data<{ id: string }>(
    keeper.browser.post('/api/teams', { name: 'Keepers' }),
  )
  await house.sql(`insert into team_members (team_id, user_id, role)
    values ('${team.id}', '${uploader.id}', 'editor')`)
  const { id } = await keeper.browser.data<{ id: string }>(
    keeper.browser.post('/api/proposals', { title: 'Ours', team_id: team.id }),
  )
  const { conversion_id } = await convert(uploader.browser, `walnut ${sentence.repeat(4)}`, 'walnut.txt')
  const alone = await convert(uploader.browser, 'of nobody else', 'alone.txt')
  await uploader.browser.data(uploader.browser.put(`/api/proposals/${id}/documents/${conversion_id}`, {}))
  const analyse = ({ browser }: typeof keeper) =>
    browser.data<{ analysis_id: string }>(browser.post('/api/rfp/compliance-matrix', { conversion_id }))
  const { analysis_id } = await analyse(uploader)
  await keeper.browser.data(keeper.browser.post(`/api/proposals/${id}/matrix`, { analysis_id }))

  // Neither by deleting the document nor with the account.
  const refused = await uploader.browser.delete(`/api/conversions/${conversion_id}`)
  expect(refused).toMatchObject({ status: 409, json: { error: 'conflict' } })
  expect((await uploader.browser.delete('/api/account', { password })).status).toBe(200)

  const { browser } = keeper
  const kept = await browser.data<{ documents: { id: string }[] }>(browser.get(`/api/proposals/${id}`))
  expect(kept.documents).toMatchObject([{ id: conversion_id, expires_at: null }])
  expect((await browser.get(`/api/conversions/${conversion_id}/source`)).text).toContain('walnut')
  expect((await browser.get(`/api/analyses/${analysis_id}`)).json.data).toMatchObject({ status: 'completed' })
  expect(await house.sql(`select from conversions where id = '${alone.conversion_id}'`)).toMatchObject({
    rows: [],
  })
  // They are the keeper's now, who may take them out and delete them.
  await browser.data(browser.delete(`/api/proposals/${id}/documents/${conversion_id}`))
  expect((await browser.delete(`/api/conversions/${conversion_id}`)).status).toBe(200)
})

test('what a team’s proposal holds does not expire with the plan of the one who uploaded it', async () => {
  const { browser } = await person('jana')
  const team = await browser.data<{ id: string }>(browser.post('/api/teams', { name: 'Lasting' }))
  const { id } = await browser.data<{ id: string }>(
    browser.post('/api/proposals', { title: 'Lasting', team_id: team.id }),
  )
  const { conversion_id } = await convert(browser, `hazel ${sentence.repeat(4)}`, 'hazel.txt')
  const { analysis_id } = await browser.data<{ analysis_id: string }>(
    browser.post('/api/rfp/compliance-matrix', { conversion_id }),
  )
  await browser.data(browser.put(`/api/proposals/${id}/documents/${conversion_id}`, {}))
  for (const table of ['conversions', 'analyses'])
    await house.sql(`update ${table} set expires_at = now() - interval '1 minute'
      where id in ('${conversion_id}', '${analysis_id}')`)
  await house.cleanup()
  expect((await browser.get(`/api/conversions/${conversion_id}`)).json.data).toMatchObject({
    expires_at: null,
  })
  expect((await browser.get(`/api/analyses/${analysis_id}`)).status).toBe(200)
  // Out of it, it is as old as it is.
  await browser.data(browser.delete(`/api/proposals/${id}/documents/${conversion_id}`))
  expect(await house.cleanup()).toMatchObject({ documents: 1 })
  expect((await browser.get(`/api/conversions/${conversion_id}`)).status).toBe(404)
  expect(await house.sql(`select from audit_log where action = 'retention.enforced'`)).toMatchObject({
    rows: [{}],
  })
})
