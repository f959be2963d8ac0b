namespace Conway.Scaffolding.Protos;

/// <summary>A contract in Protocol Buffers with all that it imports, every type of it found.</summary>
internal sealed class ProtoContract
{
    private const int FilesMax = 200;

    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes",
    };

    /// <summary>The messages that come with every compiler of Protocol Buffers, by file.</summary>
    private static readonly Dictionary<string, string[]> WellKnown = new(StringComparer.Ordinal)
    {
        ["google/protobuf/any.proto"] = ["Any"],
        ["google/protobuf/api.proto"] = ["Api", "Method", "Mixin"],
        ["google/protobuf/descriptor.proto"] = [],
        ["google/protobuf/duration.proto"] = ["Duration"],
        ["google/protobuf/empty.proto"] = ["Empty"],
        ["google/protobuf/field_mask.proto"] = ["FieldMask"],
        ["google/protobuf/source_context.proto"] = ["SourceContext"],
        ["google/protobuf/struct.proto"] = ["Struct", "Value", "ListValue", "NullValue"],
        ["google/protobuf/timestamp.proto"] = ["Timestamp"],
        ["google/protobuf/type.proto"] = ["Type", "Field", "Enum", "EnumValue", "Option", "Syntax"],
        ["google/protobuf/wrappers.proto"] = ["DoubleValue", "FloatValue", "Int64Value", "UInt64Value", "Int32Value", "UInt32Value", "BoolValue", "StringValue", "BytesValue"],
    };

    private const string WellKnownScope = "google.protobuf.";

    private readonly Dictionary<string, ProtoFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoType> _types = new(StringComparer.Ordinal);

    private ProtoContract(ProtoFile main, string root) => (Main, Root) = (main, root);

    /// <summary>The file that was asked for.</summary>
    public ProtoFile Main { get; }

    /// <summary>From where imports are written: empty, or ends with <c>/</c>.</summary>
    public string Root { get; }

    /// <summary>Every file that is not well known, by the name that it is imported by; the one asked for first.</summary>
    public IReadOnlyDictionary<string, ProtoFile> Files => _files;

    /// <summary>Reads a file and all that it imports.</summary>
    /// <param name="path">Relative to the system's folder.</param>
    /// <param name="read">The text of a file; null when there is none.</param>
    /// <returns>Null when it cannot be read; <paramref name="problem"/> says where and why. Empty when there is no such file.</returns>
    public static ProtoContract? Read(string path, Func<string, string?> read, out string problem)
    {
        problem = "";
        if (read(path) is not { } text)
        {
            return null;
        }

        try
        {
            var main = ProtoReader.Read(path, text);
            var contract = new ProtoContract(main, RootOf(main, read));
            contract.Load(read);
            contract.Resolve();
            return contract;
        }
        catch (ProtoException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    /// <summary>The full name of the message that a method speaks of.</summary>
    public string Message(ProtoMethod method, string written) => Find(written, method.Service)!;

    /// <summary>A type by its full name; null for one that is well known.</summary>
    public ProtoType? Type(string name) => _types.GetValueOrDefault(name);

    /// <summary>A message as C# has it: <c>Protos.Order.Types.Line</c>.</summary>
    /// <param name="space">The namespace of what is not well known.</param>
    public string Code(string name, string space) =>
        _types.TryGetValue(name, out var type) ? $"{space}.{name[(type.Scope.Length == 0 ? 0 : type.Scope.Length + 1)..].Replace(".", ".Types.", StringComparison.Ordinal)}"
            : $"Google.Protobuf.WellKnownTypes.{name[WellKnownScope.Length..]}";

    /// <summary>Imports are written from a folder that nobody names: the nearest one above the file from which all of them are found.</summary>
    private static string RootOf(ProtoFile main, Func<string, string?> read)
    {
        var nearest = FolderOf(main.Path);
        var imports = main.Imports.Where(import => !WellKnown.ContainsKey(import.File)).ToArray();
        for (var folder = nearest; ; folder = FolderOf(folder.TrimEnd('/')))
        {
            if (imports.All(import => read(folder + import.File) is not null))
            {
                return folder;
            }

            if (folder.Length == 0)
            {
                var missing = imports.First(import => read(nearest + import.File) is null);
                throw new ProtoException($"{main.Path}:{missing.Line}: there is no '{missing.File}' in the folder of this file, nor in one above it from which all imports are found.");
            }
        }
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var at ? path[..(at + 1)] : "";

    private void Load(Func<string, string?> read)
    {
        _files[Main.Path[Root.Length..]] = Main;
        for (var waiting = new Queue<ProtoFile>([Main]); waiting.TryDequeue(out var file);)
        {
            foreach (var import in file.Imports.Where(import => !WellKnown.ContainsKey(import.File) && !_files.ContainsKey(import.File)))
            {
                if (_files.Count == FilesMax)
                {
                    throw new ProtoException($"{file.Path}:{import.Line}: more than {FilesMax} files are imported.");
                }

                if (import.File.Split('/').Any(part => part is ".." or "." or "") || import.File.Contains('\\', StringComparison.Ordinal) || read(Root + import.File) is not { } text)
                {
                    throw new ProtoException($"{file.Path}:{import.Line}: there is no '{import.File}' in '{(Root.Length == 0 ? "." : Root)}', from where imports are written.");
                }

                waiting.Enqueue(_files[import.File] = ProtoReader.Read(Root + import.File, text));
            }
        }
    }

    private void Resolve()
    {
        foreach (var file in _files.Values)
        {
            foreach (var type in file.Types)
            {
                if (!_types.TryAdd(type.Name, type))
                {
                    throw new ProtoException($"{file.Path}:{type.Line}: there are two '{type.Name}'.");
                }
            }
        }

        foreach (var file in _files.Values)
        {
            foreach (var type in file.Types)
            {
                foreach (var field in type.Fields)
                {
                    if (!Scalars.Contains(field.Type) && Find(field.Type, type.Name) is null)
                    {
                        throw Unknown(file, field.Type, field.Line);
                    }
                }
            }

            foreach (var method in file.Methods)
            {
                foreach (var message in new[] { method.Request, method.Answer })
                {
                    if ((Find(message, method.Service) is { } found ? found : throw Unknown(file, message, method.Line)) is var name && Type(name) is { IsEnum: true })
                    {
                        throw new ProtoException($"{file.Path}:{method.Line}: '{message}' is an enum, and a method speaks of messages.");
                    }
                }
            }
        }
    }

    private static ProtoException Unknown(ProtoFile file, string type, int line) => new($"{file.Path}:{line}: there is no type '{type}' in this file or in what it imports.");

    /// <summary>The full name of a type, looked for from the inside outward.</summary>
    private string? Find(string written, string scope)
    {
        if (written.StartsWith('.'))
        {
            return IsKnown(written[1..]) ? written[1..] : null;
        }

        for (; ; scope = scope.LastIndexOf('.') is >= 0 and var at ? scope[..at] : "")
        {
            var name = scope.Length == 0 ? written : $"{scope}.{written}";
            if (IsKnown(name))
            {
                return name;
            }

            if (scope.Length == 0)
            {
                return null;
            }
        }
    }

    private bool IsKnown(string name) =>
        _types.ContainsKey(name) || (name.StartsWith(WellKnownScope, StringComparison.Ordinal)
            && _files.Values.SelectMany(file => file.Imports).Any(import => WellKnown.TryGetValue(import.File, out var names) && names.Contains(name[WellKnownScope.Length..])));
}
