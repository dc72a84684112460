import { expect, test } from 'vitest'
import { changeContact, createContact, getContact } from '../../../domain/parties/contact/change-contact.ts'
import { changeCustomer, createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { customersNamed } from '../../../domain/parties/duplicate/namesakes.ts'
import { getMerge, undoMerge } from '../../../domain/parties/merge/undo-merge.ts'
import { createAnyway } from '../../support/duplicates.ts'
import { carryOut as carryOutHandover, handOver } from '../../support/handover.ts'
import { carryOut, everything, merged, twoCustomers } from '../../support/merge.ts'

test('undone, everything is as it was', async () => {
  const world = await twoCustomers()
  const { ctx, survivor, duplicate } = world
  const before = await everything(world)
  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id, choices: { name: 'duplicate', ownerId: 'duplicate' } })

  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)

  expect(await everything(world)).toEqual(before)
  expect(await getMerge(ctx, { id: mergeId })).toMatchObject({ status: 'undone', errors: [], report: { returned: expect.any(Array) } })
})

test('undone, a name that somebody took meanwhile is shared with them from then on', async () => {
  const { ctx, survivor, duplicate } = await twoCustomers()
  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id, choices: { name: 'duplicate' } })
  await changeCustomer(ctx, { id: survivor.id, changes: { name: '恒泰五金', shortName: null, aliases: [] } })
  const taker = await createAnyway(ctx, { name: '明辉贸易有限公司' })

  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)

  const [own, theirs] = [await getCustomer(ctx, survivor), await getCustomer(ctx, duplicate)]
  expect([own.name, theirs.name]).toEqual(['恒泰五金', '明辉贸易'])
  expect(new Set(await customersNamed(ctx, '明辉贸易'))).toEqual(new Set([taker.id, duplicate.id]))
  await expect(createCustomer(ctx, { name: '明辉贸易' })).rejects.toMatchObject({ code: 'customer.duplicate' })
})

test('undone, what was changed and added since stays, and is told of', async () => {
  const { ctx, survivor, duplicate, theirs } = await twoCustomers()
  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  await changeCustomer(ctx, { id: survivor.id, changes: { email: 'new@minghui.example', phones: ['021-1111 2222', '+86 138 0013 8000'] } })
  const contact = await createContact(ctx, { customerId: survivor.id, name: '王' })
  await changeContact(ctx, { id: theirs.contact, changes: { title: '总监' } })

  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)

  expect((await getMerge(ctx, { id: mergeId })).errors).toMatchObject([{ code: 'merge.changed-since', on: 'email' }])
  expect(await getCustomer(ctx, survivor)).toMatchObject({ email: 'new@minghui.example', phones: ['021-1111 2222'] })
  expect(await getCustomer(ctx, duplicate)).toMatchObject({ email: 'info@minghui.example', externalId: 'ERP-2' })
  expect((await getContact(ctx, contact)).customerId).toBe(survivor.id)
  expect(await getContact(ctx, { id: theirs.contact })).toMatchObject({ customerId: duplicate.id, title: '总监' })
})

test('undone after its former owner left, the survivor stays with who has it now', async () => {
  const { tenant, ctx, anna, ben, survivor, duplicate } = await twoCustomers()
  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id, choices: { ownerId: 'duplicate' } })
  const { body: handover } = await handOver(tenant, anna, { toUserId: tenant.admin.id })
  await carryOutHandover(tenant, handover.id)

  await undoMerge(ctx, { id: mergeId })

  expect((await getMerge(ctx, { id: mergeId })).errors).toMatchObject([{ code: 'merge.owner-gone', on: 'ownerId' }])
  const [own, theirs] = [await getCustomer(ctx, survivor), await getCustomer(ctx, duplicate)]
  expect([own.ownerId, theirs.ownerId]).toEqual([ben.id, ben.id])
  expect(own.ownedSince).toBe(theirs.ownedSince)
})
