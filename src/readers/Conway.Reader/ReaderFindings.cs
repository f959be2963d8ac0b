using Conway.Findings;

namespace Conway.Reader;

/// <summary>Every kind of finding that reading can have: text (CW10xx), model (CW11xx), files and environments (CW12xx), not honoured yet (CW19xx).</summary>
public static class ReaderFindings
{
    public static FindingRule FileMissing { get; } = Error("CW1001", "Model file that is not there", "Without the file there is nothing to read.");

    public static FindingRule NotAFile { get; } = Error("CW1002", "Folder in place of a file", "A model is read from files; a folder has no text.");

    public static FindingRule NotUtf8 { get; } = Error("CW1003", "Text that is not UTF-8", "Other encodings read differently on every machine, so names and values would be guessed.");

    public static FindingRule TooLarge { get; } = Error("CW1004", "File that is too large", "A file of this size is not a model; reading it would take memory and time from everything else.");

    public static FindingRule EmptyFile { get; } = Error("CW1005", "Empty model", "A system without a name and services cannot be run.");

    public static FindingRule Syntax { get; } = Error("CW1006", "Text that is not YAML", "The lines around it cannot be understood, so they are set aside and the rest is read without them.");

    public static FindingRule Tab { get; } = Error("CW1007", "Tab in the indentation", "YAML forbids tabs there, because editors disagree about their width.");

    public static FindingRule Unclosed { get; } = Error("CW1008", "Bracket or quote that is not closed", "Everything after it would be taken as part of it.");

    public static FindingRule UnquotedReference { get; } = Error("CW1009", "Unquoted ${…} between brackets", "Between { } and [ ] YAML takes the brace of ${ as the start of a map.");

    public static FindingRule TooDeep { get; } = Error("CW1010", "Nesting that is too deep", "No model needs more than 64 levels; text that has more is a mistake or an attack.");

    public static FindingRule UnknownAnchor { get; } = Error("CW1011", "Alias of nothing", "The value that it stands for is not known.");

    public static FindingRule AliasBomb { get; } = Error("CW1012", "Aliases that multiply", "A few lines would grow into more values than any machine can hold.");

    public static FindingRule SecondDocument { get; } = Error("CW1013", "Second document in a file", "A file of the model is one document; what comes after the --- is not read.");

    public static FindingRule DuplicateKey { get; } = Error("CW1014", "Key written twice", "Only one of the two can hold, and which one would be chance.");

    public static FindingRule UnknownTag { get; } = Warning("CW1015", "Tag that means nothing here", "The tag is ignored, so the value may not be what was meant.");

    public static FindingRule KeyNotText { get; } = Error("CW1016", "Key that is not text", "Keys of the model are words; a list or map cannot be one.");

    public static FindingRule Unreadable { get; } = Error("CW1017", "File that cannot be opened", "What it says is missing from the model.");

    public static FindingRule GaveUp { get; } = Error("CW1018", "Too many mistakes in one file", "After so many the rest would only be guessed at.");

    public static FindingRule ControlCharacter { get; } = Error("CW1019", "Character that does not belong in text", "It is invisible, and YAML would stop reading or refuse the line.");

    public static FindingRule UnknownKey { get; } = Error("CW1101", "Unknown key", "A key that nobody reads would be silently without effect.");

    public static FindingRule WrongType { get; } = Error("CW1102", "Value of the wrong kind", "The value cannot be used, so the default is taken in its place.");

    public static FindingRule WrongUnit { get; } = Error("CW1103", "Unit that is missing or wrong", "Nobody agrees what a bare number means, and a factor of a thousand is easily missed.");

    public static FindingRule OutOfBounds { get; } = Error("CW1104", "Value out of bounds", "No system works well with it; most often a unit or a digit was mistyped.");

    public static FindingRule BadName { get; } = Error("CW1105", "Name that is not allowed", "Names become host names, variables and identifiers, so they must be valid as each of these.");

    public static FindingRule MissingKey { get; } = Error("CW1106", "Required key that is missing", "The thing cannot work without it.");

    public static FindingRule UnknownValue { get; } = Error("CW1107", "Value that is not one of the choices", "The value cannot be used, so the default is taken in its place.");

    public static FindingRule DeclaredTwice { get; } = Error("CW1108", "Declared twice", "Files of one model never override each other, so only one of the two can hold.");

    public static FindingRule VariableCollision { get; } = Error("CW1109", "Two names that make one environment variable", "The service would find only one of the two values.");

    public static FindingRule RefersToNothing { get; } = Error("CW1110", "Reference to something that is not declared", "What it names does not exist in this model.");

    public static FindingRule PathMissing { get; } = Error("CW1111", "Path where nothing is", "What should be built, started or read from there cannot be.");

    public static FindingRule PathOutside { get; } = Error("CW1112", "Path that leaves the system's folder", "A model can be moved, watched and shared only when all of it lies in one folder.");

    public static FindingRule ExactlyOne { get; } = Error("CW1113", "One of several keys expected", "With none there is nothing to do, and with two it is not known which.");

    public static FindingRule WrongVersion { get; } = Error("CW1114", "Another version of the format", "Keys may mean something else in it.");

    public static FindingRule ReservedVariable { get; } = Warning("CW1115", "Variable that Conway sets itself", "The value written here never reaches the process.");

    public static FindingRule BadFormat { get; } = Error("CW1116", "Text of the wrong form", "The value cannot be used as it is written.");

    public static FindingRule IncludeMissing { get; } = Error("CW1201", "Included file that is not there", "What it declares is missing from the model.");

    public static FindingRule IncludeMatchesNothing { get; } = Warning("CW1202", "Include pattern that matches nothing", "Either the pattern is mistyped or the files are somewhere else.");

    public static FindingRule IncludeCycle { get; } = Error("CW1203", "Files that include each other", "Each file is read once; the circle is cut here.");

    public static FindingRule IncludeOutside { get; } = Error("CW1204", "Include that leaves the system's folder", "A model can be moved, watched and shared only when all of it lies in one folder.");

    public static FindingRule UnknownEnvironment { get; } = Error("CW1205", "Environment that is not declared", "The model would run with the settings of no environment at all.");

    public static FindingRule VariableUnset { get; } = Error("CW1206", "Variable of the environment that is not set", "The value is not known on this machine.");

    public static FindingRule BadReference { get; } = Error("CW1207", "${…} that cannot be understood", "It would be passed on as it stands.");

    public static FindingRule RemovesNothing { get; } = Warning("CW1208", "Removal of something that is not there", "An environment removes with null; here nothing of that name exists, so a name may be mistyped.");

    public static FindingRule MisplacedKey { get; } = Error("CW1209", "Key in the wrong file", "Settings of an environment change a model; which files and environments it has is said at its top.");

    public static FindingRule NotHonouredYet { get; } = new("CW1901", Severity.Info, "Declared but not yet honoured", "The model is ahead of this version: the key is read and checked, and run does not act on it.");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<FindingRule> Rules { get; } =
        [.. typeof(ReaderFindings).GetProperties()
            .Where(p => p.PropertyType == typeof(FindingRule))
            .Select(p => (FindingRule)p.GetValue(null)!)
            .OrderBy(r => r.Code, StringComparer.Ordinal)];

    private static FindingRule Error(string code, string title, string why) => new(code, Severity.Error, title, why);

    private static FindingRule Warning(string code, string title, string why) => new(code, Severity.Warning, title, why);
}
