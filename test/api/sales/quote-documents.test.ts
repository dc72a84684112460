import { describe, expect, test } from 'vitest'
import { httpHandler } from '../../../functions/http/api.ts'
import { documentsRoutes } from '../../../functions/http/documents/routes.ts'
import { caller } from '../../support/call.ts'
import { quoteOffice } from '../../support/quote-office.ts'

describe('a quote as a document', () => {
  test('is a PDF, a sheet or a page, in the template it names or that is asked for', async () => {
    const { call, draft } = await quoteOffice()
    const template = (await call('/v1/document-templates', { body: { name: '绿色', kind: 'quote', accent: '#0f766e' } })).body
    const wrong = (await call('/v1/document-templates', { body: { name: '送货', kind: 'delivery-note' } })).body
    const { id } = await draft()
    const get = (query = '') => call(`/v1/quotes/${id}/document${query}`)

    const [pdf, sheet, page] = [await get(), await get('?format=xlsx'), await get(`?format=html&templateId=${template.id}`)]

    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect(Buffer.from(sheet.body, 'base64').subarray(0, 2).toString()).toBe('PK')
    expect(page.body).toMatch(/#0f766e[\s\S]*草稿[\s\S]*6204-2RS[\s\S]*人民币陆仟肆佰元整/)
    expect(await get(`?templateId=${wrong.id}`)).toMatchObject({ status: 400, body: { code: 'document-template.wrong-kind' } })
    expect(await get('?templateId=dtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3')).toMatchObject({
      status: 404,
      body: { code: 'document-template.not-found' },
    })
    expect((await get('?format=docx')).status).toBe(400)
  })

  test('names a template of quotes that is there, when it is drafted and when it is changed', async () => {
    const { call, draft, customerId } = await quoteOffice()
    const wrong = (await call('/v1/document-templates', { body: { name: '送货', kind: 'delivery-note' } })).body
    const right = (await call('/v1/document-templates', { body: { name: '报价', kind: 'quote' } })).body
    const { id } = await draft()
    const change = (templateId: string) => call(`/v1/quotes/${id}`, { method: 'PATCH', body: { templateId } })
    const gone = { templateId: 'dtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }

    const drafted = await call('/v1/quotes', {
      body: { customerId, lines: [{ description: '开模费', quantity: 1, unitPrice: 1 }], ...gone },
    })
    const changed = await change(gone.templateId)
    const mistaken = await change(wrong.id)
    const named = await change(right.id)

    const notThere = { status: 404, body: { code: 'document-template.not-found', errors: [{ pointer: '/templateId' }] } }
    expect(drafted).toMatchObject(notThere)
    expect(changed).toMatchObject(notThere)
    expect(mistaken).toMatchObject({ status: 400, body: { code: 'document-template.wrong-kind' } })
    expect(named).toMatchObject({ status: 200, body: { templateId: right.id } })
  })

  test('is not there for whoever does not see the quote', async () => {
    const { tenant, draft } = await quoteOffice()
    const { id } = await draft()
    const stranger = caller(httpHandler(documentsRoutes, {}), tenant.id, {
      ...tenant.admin,
      id: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
      roles: ['rep'],
    })

    expect((await stranger(`/v1/quotes/${id}/document`)).status).toBe(404)
  })
})
