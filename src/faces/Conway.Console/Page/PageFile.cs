namespace Conway.Console.Page;

/// <summary>A file of the page, held ready.</summary>
/// <param name="Tag">A strong entity tag over the bytes, quoted.</param>
/// <param name="Lasting">Its name changes with its content, so that it may be kept for ever.</param>
internal sealed record PageFile(ReadOnlyMemory<byte> Bytes, string ContentType, string Tag, bool Lasting);
