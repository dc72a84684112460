import type { Route } from '../route.ts'

const pascal = (text: string) =>
  text
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
const camel = (text: string) => text.charAt(0).toLowerCase() + pascal(text).slice(1)
const singular = (noun: string) => pascal(noun.endsWith('ies') ? `${noun.slice(0, -3)}y` : noun.replace(/([^s])s$/, '$1'))

const verbs = { POST: 'create', PATCH: 'change', PUT: 'replace', DELETE: 'delete' } as const

/**
 * The operation id, as a client's method is called: `listCustomers`, `changeCustomer`, `rotateApiKey`, `listCustomerContacts`.
 * Made from method and path, so that it stays while they do; a route may name its own.
 */
export function operationIdOf(route: Route): string {
  if (route.operationId) return route.operationId
  const [noun = '', ...rest] = route.path.split('/').slice(2)
  const own = rest.filter((segment) => !segment.startsWith('{'))
  const ofOne = rest[0]?.startsWith('{')
  if (route.method === 'GET') {
    const verb = route.list ? 'list' : 'get'
    return `${verb}${own.length === 0 && route.list ? pascal(noun) : singular(noun)}${own.map(pascal).join('')}`
  }
  const [action] = own
  if (action && route.method === 'POST') return `${camel(action)}${ofOne ? singular(noun) : ''}`
  return `${verbs[route.method]}${singular(noun)}${own.map(pascal).join('')}`
}
