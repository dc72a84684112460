import type { Actor } from '../kernel/context.ts'
import { Problem } from '../kernel/errors.ts'

export const roles = ['admin', 'manager', 'rep', 'assistant', 'finance', 'purchasing', 'marketer', 'service', 'viewer'] as const
export type Role = (typeof roles)[number]

/** Every permission a route can ask for, and the scopes an API key can be limited to. */
export const permissions = [
  'tenant.read',
  'tenant.write',
  'users.read',
  'users.write',
  'api-keys.read',
  'api-keys.write',
  'customers.read',
  'customers.write',
  'customers.claim',
  'customers.assign',
  'customers.delete',
  'customers.merge',
  'pools.read',
  'pools.write',
  'contacts.read',
  'contacts.write',
  'activities.read',
  'activities.write',
  'follow-ups.read',
  'follow-ups.write',
  'files.read',
  'files.write',
  'views.read',
  'views.write',
  'imports.read',
  'imports.write',
  'campaigns.read',
  'campaigns.write',
  'campaigns.launch',
  'segments.read',
  'segments.write',
  'message-templates.read',
  'message-templates.write',
  'suppressions.read',
  'suppressions.write',
  'leads.read',
  'leads.write',
  'leads.assign',
  'lead-forms.read',
  'lead-forms.write',
  'exports.read',
  'exports.write',
  'agenda.read',
  'products.read',
  'products.write',
  'quotes.read',
  'quotes.write',
  'orders.read',
  'orders.write',
  'orders.approve',
  'shipments.read',
  'shipments.write',
  'credit.read',
  'receivables.read',
  'receivables.write',
  'receivables.chase',
  'document-templates.read',
  'document-templates.write',
  'receipts.read',
  'receipts.write',
  'credit-notes.read',
  'credit-notes.write',
  'write-offs.read',
  'write-offs.write',
  'events.read',
  'reports.read',
] as const
export type Permission = (typeof permissions)[number]

type Noun<P, Verb extends string> = P extends `${infer N}.${Verb}` ? N : never
const read = (...nouns: Noun<Permission, 'read'>[]) => nouns.map((noun): Permission => `${noun}.read`)
const write = (...nouns: Noun<Permission, 'write'>[]) => nouns.map((noun): Permission => `${noun}.write`)

const everybody = read('tenant', 'users', 'agenda')
const readParties = read('customers', 'pools', 'contacts', 'activities', 'follow-ups', 'files', 'views')
const logContact = write('activities', 'follow-ups', 'files', 'views')
const writeParties = [...write('customers', 'contacts'), ...logContact]
const readSales = read('products', 'quotes', 'orders', 'shipments', 'document-templates')
const sell = [...readSales, ...write('quotes', 'orders', 'shipments')]
const readReports = read('reports')
const readBooks = read('credit', 'receivables', 'receipts', 'credit-notes', 'write-offs')
const chase: Permission[] = ['receivables.chase']
const keepBooks = [...chase, ...write('receivables', 'receipts', 'credit-notes', 'write-offs')]
const bringIn = [...read('imports'), ...write('imports')]
const readMarketing = read('campaigns', 'segments', 'message-templates', 'suppressions')
const writeMarketing: Permission[] = [...write('campaigns', 'segments', 'message-templates', 'suppressions'), 'campaigns.launch']

const workLeads = [...read('leads'), ...write('leads')]
const leadLeads: Permission[] = [...workLeads, 'leads.assign', ...read('lead-forms'), ...write('lead-forms')]

/** Who works with the data as a whole; service and viewers read it record by record. */
const takeOut = [...read('exports'), ...write('exports')]

/** What each role may do. */
const granted: Record<Role, ReadonlySet<Permission>> = {
  admin: new Set(permissions),
  manager: new Set([
    ...everybody,
    ...readParties,
    ...readReports,
    ...writeParties,
    ...bringIn,
    ...readMarketing,
    ...writeMarketing,
    ...leadLeads,
    ...takeOut,
    ...sell,
    ...readBooks,
    ...chase,
    'customers.claim',
    'customers.assign',
    'customers.delete',
    'customers.merge',
    ...write('products', 'document-templates'),
    'orders.approve',
  ]),
  rep: new Set([
    ...everybody,
    ...workLeads,
    ...readParties,
    ...readReports,
    ...readBooks,
    ...chase,
    ...writeParties,
    ...bringIn,
    ...takeOut,
    ...sell,
    'customers.claim',
    'customers.merge',
  ]),
  assistant: new Set([
    ...everybody,
    ...workLeads,
    ...readParties,
    ...readReports,
    ...readBooks,
    ...writeParties,
    ...bringIn,
    ...takeOut,
    ...chase,
    ...sell,
    'products.write',
  ]),
  finance: new Set([
    ...everybody,
    ...readParties,
    ...readReports,
    ...readBooks,
    ...keepBooks,
    ...logContact,
    ...bringIn,
    ...takeOut,
    ...readSales,
    'customers.write',
  ]),
  purchasing: new Set([...everybody, 'products.read', 'products.write']),
  marketer: new Set([
    ...everybody,
    ...readParties,
    ...bringIn,
    ...takeOut,
    ...readMarketing,
    ...writeMarketing,
    ...leadLeads,
    'products.read',
    'views.write',
  ]),
  service: new Set([...everybody, ...readParties, ...logContact, ...bringIn, ...readSales, 'contacts.write']),
  viewer: new Set([...everybody, 'leads.read', ...readParties, ...readReports, ...readBooks, ...readSales]),
}

/** How far a role sees: its own records, those of everyone below, or all of the tenant. */
const dataScope: Record<Role, 'own' | 'team' | 'all'> = {
  admin: 'all',
  manager: 'team',
  rep: 'own',
  assistant: 'all',
  finance: 'all',
  purchasing: 'own',
  marketer: 'all',
  service: 'all',
  viewer: 'all',
}

const widths = ['own', 'team', 'all'] as const

/** The widest data scope of the actor's roles; the system sees all. */
export function scopeOf(actor: Actor): 'own' | 'team' | 'all' {
  if (actor.kind === 'system') return 'all'
  return widths[Math.max(0, ...actor.roles.map((role) => widths.indexOf(dataScope[role as Role] ?? 'own')))]!
}

/** True when one of the roles gives the permission and, for an API key, its scopes do not take it away. */
export function allowed(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true
  if (actor.scopes && !actor.scopes.includes(permission)) return false
  return actor.roles.some((role) => Object.hasOwn(granted, role) && granted[role as Role].has(permission))
}

/** 403 unless the actor has the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!allowed(actor, permission)) throw new Problem('forbidden', 'permission.missing', `This needs the permission ${permission}.`)
}

/** All that a role may do. */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => granted[role]
