import * as z from 'zod'
import { Country, line, Phone } from '../../kernel/text.ts'

/** Where goods go, when that is not the customer's own address. */
export const DeliverTo = z
  .strictObject({
    name: line(200).nullish().meta({ description: 'The firm or person that receives them.' }),
    contact: line(100).nullish(),
    phone: Phone.nullish(),
    country: Country.nullish(),
    province: line(100).nullish(),
    city: line(100).nullish(),
    district: line(100).nullish(),
    line: line(300).nullish().meta({ description: 'Street and number.' }),
    postalCode: line(20).nullish(),
  })
  .meta({ id: 'DeliverTo' })
