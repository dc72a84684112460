import { readTenant } from '../domain/identity/tenant/read-tenant.ts'
import type {
  Actor,
  Context,
  Database,
  Enqueue,
  FileStore,
  MailAccount,
  Mailer,
  ReadSales,
  SystemContext,
  TenantInfo,
} from '../domain/kernel/context.ts'
import { newId } from '../domain/kernel/ids.ts'
import { openDatabase } from '../domain/store/database.ts'
import { tenantCredentials } from './clients/tenant-credentials.ts'

/** A setting of the function; the only reading of process.env. Fails with the name of what the operator forgot. */
export function env(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`The environment variable ${name} is not set.`)
  return value
}

/** A variable of the environment; undefined when it is empty too. */
export const optionalEnv = (name: string): string | undefined => process.env[name] || undefined

/** Makes something on first use and keeps it: nothing is built at import. */
/* @__NO_SIDE_EFFECTS__ */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const database = lazily((): Database => {
  const role = optionalEnv('TENANT_ROLE_ARN')
  return openDatabase(env('TABLE_NAME'), {}, role ? tenantCredentials(role) : undefined)
})

/** What a function can do besides reading and writing the table; each function names what it needs. */
export interface Abilities {
  mail?: Mailer
  mailAccount?: MailAccount
  files?: FileStore
  enqueue?: Enqueue
  sales?: ReadSales
}

const missing = (ability: string) => (): never => {
  throw new Error(`This function was not given the ability: ${ability}.`)
}

const noAccount = new Proxy({} as MailAccount, { get: () => missing('mailAccount') })
const noFiles = new Proxy({} as FileStore, { get: () => missing('files') })

export const systemActor: Actor = { kind: 'system', id: 'system', userId: null, roles: [], scopes: null }

const unknownTenant = (id: string): TenantInfo => ({ id, name: '', timeZone: 'UTC', currency: 'XXX', locale: 'en', signingKey: '' })

/** A context before the tenant's settings are known: enough to read its users and keys, or to make the tenant. */
export function bareContext(
  tenantId: string,
  actor: Actor = systemActor,
  requestId = newId('req', new Date().toISOString()),
  abilities: Abilities = {},
): Context {
  const now = () => new Date().toISOString()
  return {
    tenant: unknownTenant(tenantId),
    actor,
    requestId,
    now,
    newId: (prefix, within) => newId(prefix, now(), within),
    db: database(),
    mail: abilities.mail ?? missing('mail'),
    mailAccount: abilities.mailAccount ?? noAccount,
    files: abilities.files ?? noFiles,
    enqueue: abilities.enqueue ?? missing('enqueue'),
    sales: abilities.sales ?? missing('sales'),
    publicUrl: optionalEnv('PUBLIC_BASE_URL') ?? '',
  }
}

/** The context of a tenant with its settings; 404 `tenant.not-found` when there is none. */
export async function tenantContext(tenantId: string, actor?: Actor, requestId?: string, abilities?: Abilities): Promise<Context> {
  const ctx = bareContext(tenantId, actor, requestId, abilities)
  const { id, name, timeZone, currency, locale, signingKey, marksEvents } = await readTenant(ctx)
  return { ...ctx, tenant: { id, name, timeZone, currency, locale, signingKey, marksEvents } }
}

/** The context that reaches `SYS#` alone: for the authorizer, schedules, the SES consumer and public pages. */
export function systemContext(abilities: Pick<Abilities, 'enqueue'> = {}): SystemContext {
  return { system: true, now: () => new Date().toISOString(), db: database(), enqueue: abilities.enqueue ?? missing('enqueue') }
}
