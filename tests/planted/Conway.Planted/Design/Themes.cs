namespace Conway.Planted.Design;

/// <summary>Words of forty businesses; none stands in two of them.</summary>
internal static class Themes
{
    public static readonly (string Name, string[] Nouns)[] All =
    [
        ("Catalogue", ["Article", "Assortment", "Brand", "Facet", "Picture", "Brochure"]),
        ("Pricing", ["Tariff", "Discount", "Campaign", "Surcharge", "Markdown", "Quotation"]),
        ("Inventory", ["Shelf", "Stock", "Stocktake", "Pallet", "Warehouse", "Replenishment"]),
        ("Ordering", ["Order", "OrderLine", "Cancellation", "Backorder", "Confirmation", "Preorder"]),
        ("Payments", ["Payment", "Refund", "Chargeback", "Settlement", "Mandate", "Acquirer"]),
        ("Shipping", ["Parcel", "Carrier", "Tracking", "Customs", "Label", "Depot"]),
        ("Customers", ["Customer", "Consent", "Household", "Preference", "Segment", "Nickname"]),
        ("Loyalty", ["Bonus", "Tier", "Voucher", "Milestone", "Referral", "Perk"]),
        ("Reviews", ["Review", "Rating", "Moderation", "Complaint", "Testimonial", "Poll"]),
        ("Billing", ["Invoice", "Dunning", "Ledger", "Instalment", "CreditNote", "Remittance"]),
        ("Payroll", ["Salary", "Payslip", "Overtime", "Allowance", "Deduction", "Pension"]),
        ("Recruiting", ["Applicant", "Vacancy", "Interview", "Offer", "Assessment", "Headhunt"]),
        ("Training", ["Course", "Lesson", "Trainer", "Certificate", "Syllabus", "Exam"]),
        ("Scheduling", ["Shift", "Roster", "Absence", "Calendar", "Swap", "Standby"]),
        ("Travel", ["Trip", "Itinerary", "Expense", "PerDiem", "Boarding", "Layover"]),
        ("Fleet", ["Vehicle", "Mileage", "Fuel", "Garage", "Tyre", "Dashcam"]),
        ("Facilities", ["Building", "Room", "Desk", "Elevator", "Cleaning", "Keycard"]),
        ("Energy", ["Meter", "Reading", "Outage", "Turbine", "Grid", "Feeder"]),
        ("Telephony", ["Call", "Extension", "Voicemail", "Trunk", "Dialplan", "Headset"]),
        ("Support", ["Ticket", "Escalation", "Macro", "Satisfaction", "Queue", "Callback"]),
        ("Marketing", ["Newsletter", "Audience", "Banner", "Landing", "Sponsor", "Billboard"]),
        ("Content", ["Story", "Author", "Draft", "Glossary", "Translation", "Headline"]),
        ("Library", ["Book", "Loan", "Reader", "Fine", "Periodical", "Bookmark"]),
        ("Hospital", ["Patient", "Ward", "Diagnosis", "Surgery", "Nurse", "Anamnesis"]),
        ("Pharmacy", ["Prescription", "Drug", "Dosage", "Interaction", "Pharmacist", "Batch"]),
        ("Laboratory", ["Sample", "Assay", "Reagent", "Centrifuge", "Specimen", "Titration"]),
        ("Insurance", ["Policy", "Claim", "Premium", "Adjuster", "Rider", "Deductible"]),
        ("Banking", ["Account", "Transfer", "Overdraft", "Teller", "Cheque", "StandingOrder"]),
        ("Lending", ["Credit", "Collateral", "Mortgage", "Guarantor", "Repayment", "Foreclosure"]),
        ("Trading", ["Position", "Portfolio", "Broker", "Bid", "Margin", "Dividend"]),
        ("Farming", ["Field", "Harvest", "Tractor", "Seed", "Irrigation", "Herd"]),
        ("Forestry", ["Tree", "Felling", "Sawmill", "Ranger", "Nursery", "Timber"]),
        ("Kitchen", ["Recipe", "Ingredient", "Menu", "Allergen", "Oven", "Plating"]),
        ("Hotel", ["Guest", "Suite", "Reservation", "Housekeeping", "Concierge", "Minibar"]),
        ("Theatre", ["Play", "Actor", "Stage", "Rehearsal", "Costume", "Premiere"]),
        ("Sports", ["Match", "Team", "Referee", "League", "Stadium", "Season"]),
        ("Railway", ["Train", "Platform", "Timetable", "Signal", "Locomotive", "Conductor"]),
        ("Harbour", ["Vessel", "Berth", "Container", "Crane", "Pilot", "Tide"]),
        ("Mining", ["Shaft", "Ore", "Blast", "Conveyor", "Geologist", "Smelter"]),
        ("Weather", ["Forecast", "Station", "Storm", "Pressure", "Satellite", "Humidity"]),
    ];

    /// <summary>What a second, third … entity around the same noun is called.</summary>
    public static readonly string[] Suffixes = ["", "Rule", "Plan", "Entry", "Part", "Term", "Note", "Limit", "Cycle", "Target", "Reason", "Contract"];

    public static readonly string[] Verbs = ["Open", "Close", "Approve", "Reject", "Count", "Assign", "Move", "Split", "Merge", "Renew", "Measure", "Estimate", "Compare", "Archive", "Restore"];

    public static readonly string[] CloneNames = ["Details", "Settings", "Outcome", "Filter", "Snapshot", "Command", "Reply", "Cursor"];

    public static readonly string[] SharedNames = ["Amount", "Percentage", "Period", "Region", "Language", "Weight", "Distance", "Grade", "Urgency", "Colour", "Unit", "Channel"];

    public static readonly string[] TechnicalNames = ["Journal", "Mailbox", "Ticker", "Vault", "Throttle", "Beacon", "Shredder", "Courier", "Paginator", "Digest", "Latch", "Compressor"];

    private static readonly string[] Syllables = ["ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "da", "fe", "gi", "ho", "ju", "ze"];

    /// <summary>The nouns of a module, without end and each once.</summary>
    public static IEnumerable<string> NounsOf(int module, NameStyle style) => style == NameStyle.Themed ? Themed(All[module].Nouns) : Neutral(module);

    private static IEnumerable<string> Themed(string[] nouns)
    {
        for (var round = 1; ; round++)
        {
            foreach (var suffix in Suffixes)
            {
                foreach (var noun in nouns)
                    yield return noun + suffix + (round == 1 ? "" : round.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    // Words of four syllables, counted through in an order that says nothing: neighbours in number are not alike, and modules take turns.
    private static IEnumerable<string> Neutral(int module)
    {
        for (var i = module; ; i += All.Length)
        {
            var code = (uint)i * 40503 & 0xFFFF;
            var word = string.Concat(Enumerable.Range(0, 4).Select(n => Syllables[(code >> (4 * n)) & 15]));
            yield return char.ToUpperInvariant(word[0]) + word[1..];
        }
    }
}
