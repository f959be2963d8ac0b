using System.ComponentModel.DataAnnotations;

namespace Outfitter.Options;

/// <summary>What has no better place: settings of baskets, orders and shipping in one section.</summary>
public sealed class ShopOptions
{
    /// <summary>A basket that nobody used for so many days is thrown away.</summary>
    [Range(1, 365)]
    public int BasketExpiryDays { get; set; } = 30;

    /// <summary>A customer is reminded of a basket after so many hours.</summary>
    [Range(1, 720)]
    public int BasketReminderHours { get; set; } = 24;

    /// <summary>So many days after delivery things may be given back.</summary>
    [Range(0, 365)]
    public int ReturnDays { get; set; } = 14;

    /// <summary>Orders of goods for so many cents are sent free of charge.</summary>
    [Range(0, 1_000_000)]
    public long FreeShippingFromCents { get; set; } = 15_000;
}

public sealed class LoyaltyOptions
{
    /// <summary>For each whole unit of the currency that was paid.</summary>
    [Range(0, 100)]
    public int PointsPerUnit { get; set; } = 1;

    [Range(1, 120)]
    public int ExpiryMonths { get; set; } = 12;

    /// <summary>Points collected within the expiry time for the tier.</summary>
    [Range(1, 1_000_000)]
    public int SilverFrom { get; set; } = 500;

    [Range(1, 1_000_000)]
    public int GoldFrom { get; set; } = 2_000;
}

public sealed class PayGateOptions
{
    /// <summary>Address of the payment provider; unset means the sandbox inside the process.</summary>
    public Uri? Url { get; set; }

    public string ApiKey { get; set; } = "sandbox";

    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;
}

public sealed class EmailOptions
{
    [EmailAddress]
    public string From { get; set; } = "shop@outfitter.example";

    /// <summary>Folder a mail server takes mails from; unset means that mails stay in the database.</summary>
    public string? PickupDirectory { get; set; }
}

public sealed class JobOptions
{
    /// <summary>When the nightly job begins, in UTC.</summary>
    public TimeOnly NightlyAt { get; set; } = new(2, 30);
}

public sealed class AuthOptions
{
    /// <summary>Signs tokens; at least 32 characters. Unset means a new one with each start, so that tokens end with the process.</summary>
    [MinLength(32)]
    public string? SigningKey { get; set; }

    [Range(1, 720)]
    public int TokenHours { get; set; } = 12;
}
