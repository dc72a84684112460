import { expect, test } from 'vitest'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { caller } from '../../support/call.ts'
import { pagesOf } from '../../support/documents.ts'
import { memoryFiles } from '../../support/files.ts'
import { customerOf } from '../../support/parties.ts'
import { confirmedOrder, salesAs, shipmentOf } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant({ currency: 'CNY' })
const rep = await tenant.user('rep')
const sales = salesAs(tenant, rep)
const call = caller(httpHandler(documentsRoutes, { files: memoryFiles() }), tenant.id, rep)
const customer = await customerOf(tenant, rep)
const goods = () => shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ description: '麻绳', quantity: 3, unitPrice: '10' }] })
const pdfOf = (body: string) => Buffer.from(body, 'base64')

test('an order and a shipment have documents of their own', async () => {
  const order = await confirmedOrder(tenant, rep, customer.id)
  const shipment = await shipmentOf(tenant, rep, { customerId: customer.id, lines: [{ orderLine: order.lines[0].id, quantity: '4' }] })

  const [ordered, shipped] = [
    await call(`/v1/orders/${order.id}/document?format=html`),
    await call(`/v1/shipments/${shipment.id}/document?format=html`),
  ]

  expect(ordered.body).toMatch(new RegExp(`销售订单[\\s\\S]*${order.number}`))
  expect(shipped.body).toMatch(new RegExp(`送货单[\\s\\S]*${shipment.number}[\\s\\S]*${order.number}`))
})

test('many delivery notes are one PDF, on the paper of their template, and counted when they were printed', async () => {
  const notes = await Promise.all([goods(), goods(), goods()])
  const ids = notes.map(({ id }) => id)
  const printer = caller(httpHandler(documentsRoutes, { files: memoryFiles() }), tenant.id, tenant.admin)
  const template = (await printer('/v1/document-templates', { body: { name: '三联', kind: 'delivery-note', paper: '241x140' } })).body

  const pdf = await call(`/v1/delivery-notes?ids=${ids.join(',')}&templateId=${template.id}`)
  await call('/v1/delivery-notes', { body: { ids } })
  await Promise.all([1, 2, 3].map(() => call('/v1/delivery-notes', { body: { ids: [ids[0]] } })))

  expect(pdf.headers['content-type']).toBe('application/pdf')
  expect(pagesOf(pdfOf(pdf.body))).toBe(3)
  expect(pdfOf(pdf.body).toString('latin1')).toContain('/MediaBox [0 0 684')
  const counts = await Promise.all(ids.map(async (id) => (await sales(`/v1/shipments/${id}`)).body.printCount))
  expect(counts).toEqual([4, 1, 1])
})

test('what is no list of shipments is refused, and none is counted when one is not there', async () => {
  const { id } = await goods()
  const nowhere = 'shp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

  expect(await call(`/v1/delivery-notes?ids=${id},${id}`)).toMatchObject({ status: 400, body: { code: 'delivery-notes.ids' } })
  expect((await call('/v1/delivery-notes?ids=')).status).toBe(400)
  expect((await call(`/v1/delivery-notes?ids=${id},${nowhere}`)).status).toBe(404)
  expect((await call('/v1/delivery-notes', { body: { ids: [id, nowhere] } })).status).toBe(404)
  expect((await sales(`/v1/shipments/${id}`)).body.printCount).toBe(0)
})
