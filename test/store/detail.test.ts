import { expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { measure } from '../../domain/store/capacity.ts'
import { commit } from '../../domain/store/commit.ts'
import { defineEntity, recordOf } from '../../domain/store/entity.ts'
import type { Stored } from '../../domain/store/entity-definition.ts'
import { queryAll } from '../../domain/store/query.ts'
import { find, findMany } from '../../domain/store/read.ts'
import { newRecord } from '../../domain/store/record.ts'
import { context, happened } from '../support/things.ts'

interface Paper extends Stored {
  title: string
  text?: string
}

const papers = defineEntity<Paper>({
  type: 'paper',
  prefix: 'pap',
  schemaVersion: 1,
  key: (id) => ({ pk: ['PAPERS'], sk: ['PAP', id] }),
  gsi1: ({ id }) => ({ pk: ['PAPER-ALL'], sk: [id] }),
  detail: { name: 'PAT', fields: ['text'] },
})

const long = 'x'.repeat(5000)
const paper = (ctx: Context): Paper => ({ title: 'a', text: long, ...newRecord(ctx, 'pap') })

test('a record with a detail is whole where it is read by id, and without it in its lists', async () => {
  const ctx = await context()
  const { id, ...fields } = await commit(ctx, [papers.create(paper(ctx))], [happened('x')])

  const listed = (await queryAll(ctx, { index: 'gsi1', partition: ['PAPER-ALL'] })).map((item) => recordOf(papers, item))

  expect(await find(ctx, papers, id, { consistent: true })).toEqual({ id, ...fields })
  expect([...(await findMany(ctx, [{ entity: papers, id }])).values()]).toEqual([{ id, ...fields }])
  expect(listed).toEqual([{ ...fields, id, text: undefined }].map(({ text: _text, ...rest }) => rest))
})

test('a change writes the detail only where it changes, and removes it with the record', async () => {
  const ctx = await context()
  const made = await commit(ctx, [papers.create(paper(ctx))], [])
  const { spent: state } = await measure(() => commit(ctx, [papers.replace(ctx, made, { ...made, title: 'b' })], []))
  const titled = (await find(ctx, papers, made.id, { consistent: true }))!
  const { spent: text } = await measure(() => commit(ctx, [papers.replace(ctx, titled, { ...titled, text: 'y' })], []))
  const last = (await find(ctx, papers, made.id, { consistent: true }))!
  await commit(ctx, [papers.remove(last)], [])

  expect(state.writeUnits).toBe(2)
  expect(text.writeUnits).toBeGreaterThan(10)
  expect(last).toMatchObject({ title: 'b', text: 'y', version: 3 })
  expect(await queryAll(ctx, { partition: ['PAPERS'] }, { consistent: true })).toEqual([])
})
