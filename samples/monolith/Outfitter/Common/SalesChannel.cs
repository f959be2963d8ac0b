namespace Outfitter.Common;

/// <summary>By which door a sale came.</summary>
public enum SalesChannel
{
    Web,
    App,
    Phone,
    Store,
}
