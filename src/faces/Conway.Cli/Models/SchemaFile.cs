using Conway.Reader;

namespace Conway.Cli;

/// <summary><c>.conway/schema.json</c>, by which editors complete and check a model.</summary>
internal static class SchemaFile
{
    /// <summary>Writes it when it is missing or old. A folder that cannot be written to costs a note, not the verb.</summary>
    public static void Refresh(ModelLocation location, Terminal terminal)
    {
        var path = Path.Combine(location.StateFolder, "schema.json");
        try
        {
            var text = SchemaWriter.Write();
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                return;
            }

            StateFolder.Create(location);
            Replace(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Note($"note: {path} could not be written ({e.Message.TrimEnd('.')}), so editors may not know the newest keys.");
        }
    }

    // Beside first: a disk that is full must not cost the schema that is there.
    private static void Replace(string path, string text)
    {
        var beside = path + ".new";
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
