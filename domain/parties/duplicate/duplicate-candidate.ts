import * as z from 'zod'

/** Who may be the same customer, as far as the caller may see them. */
export const DuplicateCandidate = z
  .object({
    customerId: z.string().nullable().meta({ description: 'Null for a customer that is not yours to see.' }),
    name: z.string(),
    owner: z.object({ name: z.string() }).nullable().meta({ description: 'Whom to talk to.' }),
    pool: z.boolean().meta({ description: 'It lies in the public pool and has no owner.' }),
    score: z.number().min(0).max(1),
    level: z.enum(['same', 'likely', 'possible']).meta({ description: 'same and likely stop a create until it is overridden.' }),
    reasons: z.array(z.string()).meta({ description: 'What is alike, in words.' }),
  })
  .meta({ id: 'DuplicateCandidate' })
export type DuplicateCandidate = z.output<typeof DuplicateCandidate>
