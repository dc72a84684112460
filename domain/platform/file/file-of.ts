import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { find } from '../../store/read.ts'
import { files } from './file.table.ts'

/** 404 at `pointer` unless there is a file of that customer with this id, uploaded whole. */
export async function requireFileOf(ctx: Context, customer: Customer, id: string, pointer: string): Promise<void> {
  const isTheirs = partitionsOf(customer).some((home) => partitionOf(home) === partitionOf(id))
  const file = isTheirs ? await find(ctx, files, id, { consistent: true }) : undefined
  if (file?.status !== 'complete') throw notFound('file', pointer)
}
