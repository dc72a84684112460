import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { foreseeDuplicates } from './find-duplicates.ts'

const Text = z.string()

/** What of an unchecked input the duplicate check looks at. */
const Looked = z.object({
  name: Text,
  shortName: Text.nullish(),
  aliases: z.array(Text).nullish(),
  taxNumber: Text.nullish(),
  phones: z.array(Text).nullish(),
  email: Text.nullish(),
  addresses: z.array(z.object({ country: Text.nullish() })).nullish(),
})

/** Reads together what creates of these customers read first. One that its create refuses for its shape is passed over. */
export const foreseeCustomers = (ctx: Context, inputs: readonly object[]): Promise<void> =>
  foreseeDuplicates(
    ctx,
    inputs.flatMap((input) => Looked.safeParse(input).data ?? []),
  )
