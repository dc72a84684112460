import * as z from 'zod'
import { BusinessDate, TimeZone } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Email, Locale, line, Phone, paragraph } from '../../kernel/text.ts'
import { CustomerId, Marketing } from '../customer/customer.ts'

export const ContactId = idOf('con').meta({ description: 'Id of a contact' })

const fields = {
  customerId: CustomerId.meta({ description: 'Where the person works; never changes.' }),
  name: line(100),
  title: line(100).meta({ description: 'Position in the firm.' }),
  phones: z.array(Phone).max(20),
  email: Email,
  wechat: line(100),
  qq: z.string().regex(/^\d{5,12}$/, 'must be a QQ number of 5 to 12 digits'),
  birthday: BusinessDate,
  primary: z.boolean().meta({ description: 'The one to be asked for first; a customer has at most one.' }),
  marketing: Marketing,
  locale: Locale.meta({ description: 'The language to write in.' }),
  timeZone: TimeZone.meta({ description: 'Where the person lives, when the address of the customer does not say it.' }),
  notes: paragraph(4000),
}

const shapes = shapesOf('Contact', ContactId, fields, ['customerId', 'name'], {})

export const CreateContact = shapes.create
export const ChangeContact = shapes.patch.omit({ customerId: true }).meta({ id: 'ChangeContact' })
export const Contact = shapes.resource.extend({ primary: fields.primary.default(false) }).meta({ id: 'Contact' })
/** `ownerId` is the owner of the customer, kept so that a list by owner needs one index. */
export const ContactRecord = shapes.record.extend({
  ownerId: z.string().optional(),
  /** The keys of the duplicate check by which its telephones lead to its customer. */
  foundBy: z.array(z.string()).optional(),
})
export type Contact = z.output<typeof ContactRecord>
