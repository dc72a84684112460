import * as z from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { Email, line, Phone } from '../../kernel/text.ts'

const BankAccount = z.strictObject({
  holder: line(200).nullish().meta({ description: 'The name of the firm unless said.' }),
  bank: line(200),
  account: line(60),
  swift: line(20).nullish(),
})

const imageId = (description: string) => idOf('dim').nullish().meta({ description })

/**
 * Who the firm is on the documents it sends: above the lines, in the bank block and under the seal. What is left out does not stand
 * there; the name is that of the firm. `english` takes the place of the fields of the same name on documents in English.
 */
export const LetterheadSettings = z
  .strictObject({
    name: line(200).nullish(),
    address: line(300).nullish(),
    phone: Phone.nullish(),
    email: Email.nullish(),
    website: line(200).nullish(),
    taxNumber: line(40).nullish(),
    bankAccounts: z.array(BankAccount).max(5).nullish().meta({ description: 'Where customers pay to; the first stands on documents.' }),
    logoId: imageId('A document image: the logo.'),
    sealId: imageId('A document image: the seal (印章), a PNG with a transparent ground.'),
    english: z
      .strictObject({
        name: line(200).nullish(),
        address: line(300).nullish(),
        bankAccounts: z.array(BankAccount).max(5).nullish(),
      })
      .nullish(),
  })
  .meta({ id: 'Letterhead', description: 'The firm as its documents show it.' })
export type LetterheadSettings = z.output<typeof LetterheadSettings>
