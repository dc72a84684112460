import { httpHandler } from '../../functions/http/api.ts'
import { documentsRoutes } from '../../functions/http/documents/routes.ts'
import { salesRoutes } from '../../functions/http/sales/routes.ts'
import { tenantContext } from '../../functions/runtime.ts'
import { caller } from './call.ts'
import { memoryFiles } from './files.ts'
import { customerOf } from './parties.ts'
import { newTenant } from './tenant.ts'

/** A firm that sends quotes, as its admin and as whoever gets them see it. */
export async function quoteOffice(customer: Record<string, unknown> = {}) {
  const tenant = await newTenant()
  const handler = httpHandler([...documentsRoutes, ...salesRoutes], { files: memoryFiles() })
  const call = caller(handler, tenant.id, tenant.admin)
  const visitor = caller(handler, tenant.id, undefined)
  const { id: customerId } = await customerOf(tenant, tenant.admin, { email: 'buyer@hengxin.example', ...customer })
  const lines = [{ description: '深沟球轴承', model: '6204-2RS', quantity: 500, unit: '只', unitPrice: '12.8' }]
  const draft = async (more: object = {}) => (await call('/v1/quotes', { body: { customerId, lines, ...more } })).body
  const send = async (id: string, body: object = { channel: 'email' }) => (await call(`/v1/quotes/${id}/send`, { body })).body
  const sent = async (more: object = {}, how?: object) => send((await draft(more)).id, how)
  const pathOf = (link: string) => link.slice(link.indexOf('/q/'))
  const post = (link: string, form: Record<string, string>) =>
    visitor(pathOf(link), {
      method: 'POST',
      rawBody: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const see = (link: string) => visitor(pathOf(link))
  const system = await tenantContext(tenant.id)
  return { tenant, system, call, visitor, customerId, draft, send, sent, post, see, pathOf }
}
