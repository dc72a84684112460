import type { User } from '../../domain/identity/user/user.ts'
import { handler } from '../../functions/http/finance/index.ts'
import { caller } from './call.ts'
import type { TestTenant } from './tenant.ts'

/** Calls the finance API as that user. */
export const financeAs = (tenant: TestTenant, user: User | undefined) => caller(handler, tenant.id, user)

export const cny = (amount: string | number) => ({ amount: Number(amount).toFixed(2), currency: 'CNY' })
