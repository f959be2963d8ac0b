namespace Conway.Scaffolding.Protos;

/// <summary>Reads one file of Protocol Buffers, version 3. Options are passed over, but for the namespace in C#.</summary>
/// <remarks>Protocol Buffers Version 3 Language Specification.</remarks>
internal sealed class ProtoReader
{
    private const int DepthMax = 32;

    private readonly ProtoScanner _scan;
    private readonly List<ProtoImport> _imports = [];
    private readonly List<ProtoType> _types = [];
    private readonly List<ProtoMethod> _methods = [];
    private string _package = "";
    private string? _namespace;
    private Range _namespacePlace;

    private ProtoReader(string path, string text) => _scan = new ProtoScanner(path, text);

    /// <exception cref="ProtoException">It cannot be read; the message begins with file and line.</exception>
    public static ProtoFile Read(string path, string text)
    {
        var reader = new ProtoReader(path, text);
        reader.File();
        return new ProtoFile(path, text)
        {
            Package = reader._package,
            CSharpNamespace = reader._namespace,
            NamespacePlace = reader._namespacePlace,
            Imports = reader._imports,
            Types = reader._types,
            Methods = reader._methods,
        };
    }

    private void File()
    {
        var line = _scan.Line;
        if (!_scan.Passes("syntax"))
        {
            throw _scan.Wrong(_scan.Word == "edition" ? "editions are not read yet; what is read begins with 'syntax = \"proto3\";'." : "a file begins with 'syntax = \"proto3\";'.");
        }

        _scan.Expect("=");
        var syntax = _scan.Text();
        if (syntax != "proto3")
        {
            throw _scan.Wrong($"the syntax is '{syntax}', and only proto3 is read.", line);
        }

        _scan.Expect(";");
        Place();
        while (!_scan.IsAtEnd)
        {
            Statement();
        }
    }

    private void Statement()
    {
        var (line, start) = (_scan.Line, _scan.Start);
        if (_scan.Passes("import"))
        {
            var isPublic = _scan.Passes("public");
            _ = isPublic || _scan.Passes("weak");
            _imports.Add(new ProtoImport(_scan.Text(), line, isPublic));
            _scan.Expect(";");
        }
        else if (_scan.Passes("package"))
        {
            _package = _scan.FullName();
            _scan.Expect(";");
            Place();
        }
        else if (_scan.Passes("option"))
        {
            Option(start);
        }
        else if (_scan.Passes("message"))
        {
            Message(_package, 0);
        }
        else if (_scan.Passes("enum"))
        {
            Enum(_package);
        }
        else if (_scan.Passes("service"))
        {
            Service();
        }
        else if (_scan.Passes("extend"))
        {
            // In proto3 only options are extended, and those are passed over.
            _scan.FullName();
            _scan.PassBlock("{", "}");
        }
        else if (!_scan.Passes(";"))
        {
            throw _scan.Wrong($"'{_scan.Word}' is not known here; a file has imports, options, messages, enums and services.");
        }
    }

    private void Option(int start)
    {
        if (!_scan.Passes("csharp_namespace"))
        {
            _scan.PassStatement();
            return;
        }

        _scan.Expect("=");
        _namespace = _scan.Text();
        _scan.Expect(";");
        _namespacePlace = start.._scan.End;
    }

    /// <summary>The option could be put in here.</summary>
    private void Place() => _namespacePlace = _namespace is null ? _scan.End.._scan.End : _namespacePlace;

    private void Message(string scope, int depth)
    {
        var line = _scan.Line;
        if (depth == DepthMax)
        {
            throw _scan.Wrong($"messages are nested more than {DepthMax} deep.");
        }

        var name = Under(scope, _scan.Name());
        var fields = new List<ProtoField>();
        _types.Add(new ProtoType(name, _package, line) { Fields = fields });
        _scan.Expect("{");
        while (!_scan.Passes("}"))
        {
            Member(name, fields, depth);
        }
    }

    private void Member(string message, List<ProtoField> fields, int depth)
    {
        if (_scan.Passes("message"))
        {
            Message(message, depth + 1);
        }
        else if (_scan.Passes("enum"))
        {
            Enum(message);
        }
        else if (_scan.Word is "option" or "reserved")
        {
            _scan.PassStatement();
        }
        else if (_scan.Passes("oneof"))
        {
            _scan.Name();
            _scan.Expect("{");
            while (!_scan.Passes("}"))
            {
                if (_scan.Word == "option")
                {
                    _scan.PassStatement();
                }
                else if (!_scan.Passes(";"))
                {
                    fields.Add(Field(isPlain: false));
                }
            }
        }
        else if (_scan.Word is "required" or "extensions" or "group" or "extend")
        {
            throw _scan.Wrong($"'{_scan.Word}' is not of proto3.");
        }
        else if (!_scan.Passes(";"))
        {
            fields.Add(Field(isPlain: !_scan.Passes("repeated")));
        }
    }

    private ProtoField Field(bool isPlain)
    {
        var line = _scan.Line;
        _ = isPlain && _scan.Passes("optional");
        var type = _scan.FullName();
        if (type == "map" && _scan.Passes("<"))
        {
            isPlain = false;
            _scan.FullName();
            _scan.Expect(",");
            type = _scan.FullName();
            _scan.Expect(">");
        }

        if (type == "group")
        {
            throw _scan.Wrong("'group' is not of proto3.", line);
        }

        var name = _scan.Name();
        _scan.Expect("=");
        _scan.Number();
        Brackets();
        _scan.Expect(";");
        return new ProtoField(name, type, line, isPlain);
    }

    private void Brackets()
    {
        if (_scan.Word == "[")
        {
            _scan.PassBlock("[", "]");
        }
    }

    private void Enum(string scope)
    {
        var line = _scan.Line;
        _types.Add(new ProtoType(Under(scope, _scan.Name()), _package, line) { IsEnum = true });
        _scan.Expect("{");
        while (!_scan.Passes("}"))
        {
            if (_scan.Word is "option" or "reserved")
            {
                _scan.PassStatement();
            }
            else if (!_scan.Passes(";"))
            {
                _scan.Name();
                _scan.Expect("=");
                _scan.Number();
                Brackets();
                _scan.Expect(";");
            }
        }
    }

    private void Service()
    {
        var service = Under(_package, _scan.Name());
        _scan.Expect("{");
        while (!_scan.Passes("}"))
        {
            if (_scan.Word == "option")
            {
                _scan.PassStatement();
                continue;
            }

            if (_scan.Passes(";"))
            {
                continue;
            }

            var line = _scan.Line;
            _scan.Expect("rpc");
            var name = _scan.Name();
            var (request, asksMany) = Message();
            _scan.Expect("returns");
            var (answer, answersMany) = Message();
            _methods.Add(new ProtoMethod(service, name, request, asksMany, answer, answersMany, line));
            if (_scan.Word == "{")
            {
                _scan.PassBlock("{", "}");
            }
            else
            {
                _scan.Expect(";");
            }
        }
    }

    private (string Type, bool IsMany) Message()
    {
        _scan.Expect("(");
        var isMany = _scan.Passes("stream");
        // A message may be called 'stream', too.
        var type = isMany && _scan.Word == ")" ? "stream" : _scan.FullName();
        _scan.Expect(")");
        return (type, isMany && type != "stream");
    }

    private static string Under(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";
}
