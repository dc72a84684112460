/** A picture on a document. */
export interface DocumentImage {
  type: 'png' | 'jpeg'
  bytes: Buffer
  width: number
  height: number
}

export interface BankAccount {
  holder?: string
  bank: string
  account: string
  swift?: string
}

/** Who a document is from: what the tenant's settings say, in the language of the document. */
export interface Letterhead {
  name: string
  address?: string
  phone?: string
  email?: string
  website?: string
  taxNumber?: string
  bankAccounts: BankAccount[]
  logo?: DocumentImage
  seal?: DocumentImage
}
