import { orderedBetween } from '../../domain/analytics/sales-report/sales-between.ts'
import type { User } from '../../domain/identity/user/user.ts'
import { httpHandler } from '../../functions/http/api.ts'
import { isPage, type Route } from '../../functions/http/route.ts'
import { allRoutes } from '../../functions/http/routes.ts'
import { caller } from './call.ts'
import { memoryFiles } from './files.ts'
import { fakeAccount } from './mail.ts'

/** All routes behind one handler, as the gateway puts the contexts together. */
export const api = httpHandler(allRoutes, {
  files: memoryFiles(),
  mail: async () => 'message-1',
  mailAccount: fakeAccount(),
  sales: orderedBetween,
})

/** The operations under /v1. */
export const operations: Route[] = allRoutes.filter((route): route is Route => !isPage(route))

/** How tests name an operation. */
export const nameOf = (route: Route): string => `${route.method} ${route.path}`

/** Calls any operation of the API as a user; undefined = nobody is signed in. */
export const callAs = (tenantId: string, user: User | undefined) => caller(api, tenantId, user)
export type Call = ReturnType<typeof callAs>
export type Answer = Awaited<ReturnType<Call>>
