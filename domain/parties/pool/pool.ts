import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line } from '../../kernel/text.ts'

export const PoolId = idOf('pol').meta({ description: 'Id of a public pool', example: 'pol_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const fields = {
  name: line(100),
  memberIds: z.array(UserId).max(500).meta({ description: 'Who sees its customers and may claim them; empty = everybody.' }),
}

const shapes = shapesOf('Pool', PoolId, fields, ['name'], {})
export const CreatePool = shapes.create
export const ChangePool = shapes.patch
export const PoolRecord = shapes.record
export const Pool = shapes.resource
export type Pool = z.output<typeof PoolRecord>

/** True for everybody in an open pool, and for the members of one that names them. */
export const isMember = (pool: Pool, userId: string): boolean => (pool.memberIds ?? []).length === 0 || pool.memberIds!.includes(userId)
