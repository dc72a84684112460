import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { systemActor } from '../../functions/runtime.ts'
import { type MemoryFiles, memoryFiles } from './files.ts'
import type { TestTenant } from './tenant.ts'

/** Somebody whose jobs read and write files, and those files. */
export interface FileWorker {
  ctx: Context
  /** The job's own context. */
  job: Context
  files: MemoryFiles
}

export async function fileWorker(tenant: TestTenant, user: User): Promise<FileWorker> {
  const files = memoryFiles({ uploads: false })
  const ctx = await tenant.as(user, { files })
  return { ctx, job: { ...ctx, actor: systemActor }, files }
}
