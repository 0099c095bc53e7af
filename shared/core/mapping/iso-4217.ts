/**
 * ISO 4217 currencies with their minor units, from list one of the maintenance agency (SIX) of 2024-06-25, and XCG of
 * 2025-03-31. Kept here because Intl answers with CLDR's digits, which differ (HUF, IQD, LAK) and change with the runtime.
 * Codes without minor units (metals, test codes) are left out.
 */
const codesByMinorUnits: Readonly<Record<number, string>> = {
  0: `
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`,
  2: `
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
    LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
    PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
    TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: `
    BHD IQD JOD KWD LYD OMR TND`,
  4: `
    CLF UYW`,
};

const minorUnits: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByMinorUnits).flatMap(([units, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map(code => [code, Number(units)] as const),
  ),
);

export const currencyCodes: readonly string[] = [...minorUnits.keys()].sort();

/** Decimals of a currency's amounts, e.g. 2 for EUR, 0 for JPY, 3 for KWD; undefined when there is no such currency. */
export const minorUnitsOf = (currency: string): number | undefined => minorUnits.get(currency);
