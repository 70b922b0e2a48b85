// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Thrift} from "./Thrift.sol";

/// @notice What a market itself knows of what went in and out, to compare with the state of the contracts.
abstract contract MarketBooks is Thrift {
    /// @notice Millicredits sold, redeemed, and consumed out of wallets, by offering.
    uint256[OFFERINGS] public sold;
    uint256[OFFERINGS] public redeemed;
    uint256[OFFERINGS] public exercised;
    /// @notice What rounding left to the contract when credits were sold and redeemed, in 1e-9 base units.
    uint256 public dust;
    /// @notice Base units sent to the shares from outside.
    uint256 public gifts;
    /// @notice Millicredits consumed of an offering, as events say.
    uint256[OFFERINGS] public toldConsumed;

    /// @notice Whether a receipt of what was consumed out of a wallet ever came twice.
    bool public receiptCameTwice;
    mapping(bytes32 receipt => bool) private _receipts;
    /// @notice Whether credits that stay where they are ever went from one wallet to another.
    bool public boundCreditsMoved;
    /// @notice Whether a transfer of shares ever changed what one of its parties had earned.
    bool public transferMovedRevenue;
    /// @notice Whether a claim ever paid anybody but the account that it was for.
    bool public claimWentAstray;
    /// @notice Whether the use of a session, or the revenue or claims of the shares, ever fell.
    bool public useFell;
    bool public revenueFell;
    mapping(bytes32 session => uint256) private _highestUse;
    uint256 private _highestRevenue;
    uint256 private _highestClaims;

    function _done() internal override {
        super._done();
        for (uint256 i; i < _sessions.length; ++i) {
            (,, uint48 used,) = credits.session(idOf(_sessions[i].offering), _sessions[i].id);
            if (used < _highestUse[_sessions[i].id]) useFell = true;
            _highestUse[_sessions[i].id] = used;
        }
        (uint256 revenue, uint256 claims) = (shares.lifetimeRevenue(), shares.claimedRevenue());
        if (revenue < _highestRevenue || claims < _highestClaims) revenueFell = true;
        (_highestRevenue, _highestClaims) = (revenue, claims);
    }

    function _sold(uint256 which, uint256 amount, uint256 cost) internal {
        sold[which] += amount;
        dust += cost * 1e9 - amount * _offerings[which].pricePerMillion;
    }

    function _redeemed(uint256 which, uint256 amount, uint256 paid) internal {
        redeemed[which] += amount;
        dust += amount * _offerings[which].pricePerMillion - paid * 1e9;
    }

    function _exercised(uint256 which, uint256 amount, bytes32 receipt) internal {
        exercised[which] += amount;
        if (_receipts[receipt]) receiptCameTwice = true;
        _receipts[receipt] = true;
    }
}
