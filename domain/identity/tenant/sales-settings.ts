import * as z from 'zod'

/** After how many days without contact, quote or order a customer is dormant (沉睡); null: nobody is told of such customers. */
export const dormantDays = z.int().min(1).max(3650).meta({
  description: 'Days without contact, quote or order after which the owner is told that a customer is dormant. Null: never.',
})

/** How much more than ordered of a line may be shipped, in percent; 0 when nothing is said. */
export const overDeliveryPercent = z
  .number()
  .min(0)
  .max(100)
  .overwrite((value) => Math.round(value * 100) / 100 + 0)
  .meta({ description: 'How many percent more than ordered may be shipped of a line.' })
