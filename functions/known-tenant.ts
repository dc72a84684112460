import type { Context } from '../domain/kernel/context.ts'
import { Problem } from '../domain/kernel/errors.ts'
import { tenantContext } from './runtime.ts'

/** The context of a tenant that somebody outside names; undefined when there is none. */
export async function knownTenant(tenantId: string): Promise<Context | undefined> {
  try {
    return await tenantContext(tenantId)
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined
    throw error
  }
}
