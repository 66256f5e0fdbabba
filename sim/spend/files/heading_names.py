"""Headings that published spend files use for each field, in plain form, the best first: of two columns of one field the earlier wins."""

from __future__ import annotations

__all__ = ["HEADINGS", "SUM_WORDS"]

HEADINGS: dict[str, tuple[str, ...]] = {
    field: tuple(" ".join(name.split()) for name in names.split(","))
    for field, names in {
        "body": """
            body name, body, entity, entity name, organisation name, organisation, organization name, organization,
            organisation label, publisher name, publisher label, publishing body, publisher, authority name, authority,
            council name, council, local authority, trust, paying body, company code name, business unit name, department
            family, dept family, departmental family""",
        "date": """
            payment date, date paid, paid date, date of payment, pay date, payment made date, payment made, invoice payment
            date, date payment made, actual payment date, invoice paid date, paid on, date, dated, payment clearance date,
            clearing date, clearance date, cleared date, date cleared, cheque date, bacs date, remittance date, transaction
            date, trans date, tran date, transaction posting date, posting date, post date, posted date, date posted,
            effective date, gl date, gl effective date, ledger date, accounting date, accounting posting date, value date,
            process date, processed date, run date, payment run date, pay run date, approval date, date of transaction,
            document date, doc date, order date, invoice date, date of invoice, invoice creation date, tax point, tax point
            date, date of expenditure, expenditure date, date incurred, payment month, month, week commencing, week ending,
            payment period, period, calendar month, month of payment, fiscal period""",
        "supplier": """
            supplier name, supplier, suppliers name, suppliers, name of supplier, vendor name, vendor, payee name, payee,
            beneficiary name, beneficiary, name of beneficiary, merchant name, merchant, creditor name, creditor, trading
            name, supplier trading name, paid to, payment to, paid to name, contractor name, contractor, recipient name,
            recipient, provider name, provider, company name, company, supplier payee, supplier merchant name, supplier
            description, vendor description, supplier name redacted, supplier legal name, supplier name redacted where
            applicable, counterparty, supplier beneficiary, supplier beneficiary name, payee supplier, third party, name of
            company, transaction merchant name, supplier account name, supplier full name, vendor supplier name, redacted
            supplier name, published supplier name""",
        "supplier_number": """
            supplier number, supplier no, supplier id, supplier code, supplier ref, supplier reference, supplier identifier,
            vendor number, vendor no, vendor id, vendor code, vendor ref, creditor number, creditor no, creditor id,
            creditor code, creditor ref, payee number, payee id, payee code, payee no, beneficiary id, supplier account
            number, supplier account, supplier num, vendor num, supplierid, vendorid""",
        "category": """
            expense type, expenses type, expenditure type, expense category, expenditure category, spend category, spending
            category, category of spend, category of expenditure, subjective description, subj description, subjective name,
            subjective, subjective detail, subjective label, account description, account code description, nominal
            description, nominal name, nominal code description, gl account description, gl description, ledger description,
            ledger code description, cost element description, cost element name, cost element text, cost element, expense
            description, expenditure description, type of expenditure, type of expense, type of spend, spend type, purchase
            category, procurement category, procurement classification, procurement category name, service category label,
            service category, category name, category description, category, proclass description, proclass, proclass level
            1, proclass level 2, cipfa subjective description, cipfa subjective, cipfa detailed expenditure type, cipfa
            detailed expenditure, subjective group, subjective subgroup, subjective analysis, detailed expenditure type,
            detail code description, detail description, account name, account, nominal, merchant category, merchant
            category name, commodity, commodity description, product category, expense, expenditure, account code, nominal
            code, subjective code, expense code, type of service, sub category, purchase type""",
        "area": """
            expense area, expenses area, expenditure area, spend area, service area, service area name, service area
            description, service name, service label, service description, service, services, service division, service
            division label, service group, service unit, cost centre description, cost centre name, cost center description,
            cost center name, cost centre text, cost centre, cost center, department name, department, dept, dept name,
            directorate name, directorate description, directorate, directorate service, directorate department, division
            name, division, business area, business area name, business unit, portfolio, team, section, group,
            organisational unit, organisation unit, unit, function, programme, responsible unit, cost centre code, cost code
            description, cost code, objective, objective description, committee, budget area, budget, service department,
            department service, council department, department directorate, project""",
        "description": """
            description, narrative, details, detail, purpose, purpose of spend, purpose of expenditure, purpose of payment,
            line description, invoice description, invoice line description, item description, item text, transaction
            description, payment description, goods services, description of goods services, goods or services, description
            of expenditure, description of spend, text, line text, document header text, invoice narrative, summary, summary
            of purpose, summary of purpose of expenditure, summary of the purpose of the expenditure, what for, reason,
            comments, comment, notes, long description, nature of payment, type of goods, distribution description, supply
            description, further description""",
        "reference": """
            transaction number, transaction no, transaction id, transaction ref, transaction reference, trans no, trans
            number, trans ref, tran no, transno, payment number, payment no, payment ref, payment reference, payment id,
            invoice number, invoice no, invoice ref, invoice reference, invoice id, inv no, inv ref, internal reference
            number, internal reference, internal ref, reference number, reference no, reference, ref no, ref, our ref, our
            reference, unique ref, unique reference, unique id, unique identifier, unique transaction number, document
            number, document no, document ref, doc no, doc number, doc ref, voucher number, voucher no, voucher, urn, id,
            cheque number, cheque no, system ref, record id, transaction, purchase invoice number, supplier invoice number,
            supplier invoice no, supplier invoice ref, ap ref, posting ref, journal ref, item reference, serial number,
            transaction nr""",
        "postcode": """
            supplier postcode, supplier post code, postcode, post code, vendor postcode, vendor post code, supplier postal
            code, postal code, payee postcode, zip, zip code, supplier site postcode, supplier address postcode""",
        "vat": """
            vat amount, amount vat, vat value, tax amount, vat, tax, irrecoverable vat, irrecoverable vat amount,
            irrecoverable vat value, vat recovered, recoverable vat, non recoverable vat, vat irrecoverable, irrecov vat,
            unrecoverable vat, vat paid, total vat, vat charged""",
        "credit": """
            credit, credits, cr, credit amount, credit value, amount credit, credit notes""",
        "debit": """
            debit, debits, dr, debit amount, debit value, amount debit, debits amount""",
        "sign": """
            debit credit, credit debit, dr cr, cr dr, d c, c d, debit credit indicator, dr cr indicator, debit credit flag,
            dc indicator, sign, credit flag""",
    }.items()
}
"""By field: headings without case, punctuation and currency."""

_OF_SUMS = """
amount, amt, amounts, value, total, cost, costs, sum, spend, spent, paid, payment, payments, price, invoice, inv, line, item,
transaction, trans, expenditure, of, the, in, pounds, sterling, actual, to, supplier, distribution, distributed, posting, posted,
document, local, currency, figure, monetary, detail, allocation, approved, invoiced, pay, home, base, this, original, published, number
"""

SUM_WORDS = frozenset(word.strip() for word in _OF_SUMS.split(","))
"""Words that headings of sums are made of, beside words of tax and currency."""
