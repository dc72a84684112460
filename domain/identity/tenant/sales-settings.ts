import * as z from 'zod'

/** How much more than ordered of a line may be shipped, in percent; 0 when nothing is said. */
export const overDeliveryPercent = z
  .number()
  .min(0)
  .max(100)
  .overwrite((value) => Math.round(value * 100) / 100 + 0)
  .meta({ description: 'How many percent more than ordered may be shipped of a line.' })
