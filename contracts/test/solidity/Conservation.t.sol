// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {CreditMath} from "../../contracts/libraries/CreditMath.sol";
import {ContestedMarket} from "./ContestedMarket.sol";
import {deploy} from "./deploy.sol";
import {Earnings} from "./Earnings.sol";
import {Handler} from "./Handler.sol";
import {MarketLaws} from "./MarketLaws.sol";
import {Market} from "./Market.sol";
import {Settling} from "./Settling.sol";
import {VM} from "./Vm.sol";

/// @notice The laws of `Credits` and `Shares`, in a market where everybody also tries what they must not.
contract ConservationTest is MarketLaws {
    ContestedMarket private _contested;
    bytes4[] private _operations = [
        Market.buy.selector,
        Market.buyAndOpen.selector,
        Market.topUp.selector,
        Market.requestClose.selector,
        Market.consume.selector,
        Settling.settle.selector,
        Earnings.transferShares.selector
    ];

    function setUp() public {
        _market = _contested = ContestedMarket(deploy("ContestedMarket", abi.encode(deploy("TestDollar"))));
    }

    function invariant_I01_everyCreditIsInOnePlace() public view {
        _everyCreditIsInOnePlace();
    }

    function invariant_I02_everyBaseUnitIsInOnePlace() public view {
        _everyBaseUnitIsInOnePlace();
    }

    function invariant_I03_useNeverExceedsCapNorFalls() public view {
        require(!_market.useFell(), "use went down");
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (uint256 cap, uint256 used) = _useOf(sessions[i]);
            // A closed session keeps its use and has no cap.
            require(cap == 0 || used <= cap, "used beyond the cap");
        }
    }

    function invariant_I04_useGrowsBySignedVouchersOnly() public view {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (, uint256 used) = _useOf(sessions[i]);
            require(used <= _market.signedUse(sessions[i].id), "used beyond what was signed");
        }
    }

    function invariant_I05_oldCallsChangeNothing() public view {
        require(!_contested.replayed(), "an old call changed something");
    }

    function invariant_I06_rowsDoNotTouchEachOther() public view {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (, uint256 used) = _useOf(sessions[i]);
            require(used == _market.dueUse(sessions[i].id), "another use than by its own rows");
        }
    }

    function invariant_I07_termsAreImmutable() public view {
        require(!_contested.termsBent(), "something happened under other terms");
        require(!_market.boundCreditsMoved(), "credits moved that stay where they are");
    }

    /// @dev The runner forgets what an invariant does, so that everybody can leave after every operation.
    function invariant_I08_everybodyCanLeave() public {
        _market.operator().leave();
        _leave();
    }

    function invariant_I09_sharesOweWhatTheyHold() public view {
        _sharesOweWhatTheyHold();
        require(!_market.revenueFell(), "revenue or claims went down");
    }

    function invariant_I10_transfersLeaveWhatWasEarned() public view {
        require(!_market.transferMovedRevenue(), "a transfer moved revenue");
    }

    function invariant_I11_splitPartsAddUp() public view {
        _splitIsExact();
    }

    function invariant_I12_eventsTellWhatChanged() public view {
        require(_market.toldRoots() == _market.postedRoots(), "roots");
        require(!_market.receiptCameTwice(), "a receipt came twice");
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            (, uint256 consumed,,,) = _market.credits().offeringState(_market.idOf(which));
            require(_market.toldConsumed(which) == consumed, "consumed");
        }
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (, uint256 used) = _useOf(sessions[i]);
            require(_market.toldUse(sessions[i].id) == used, "use of a session");
        }
    }

    function invariant_I13_nobodyTakesWhatIsAnothers() public view {
        require(!_contested.seized(), "somebody took or locked what was another's");
        require(!_market.claimWentAstray(), "a claim paid somebody else");
    }

    function invariant_I17_nothingCanBeStopped() public {
        // One state of four, by chance: it is by far the longest check.
        uint256 held = _market.token().balanceOf(address(_market.credits()));
        if (uint256(keccak256(abi.encode(held))) % 4 != 0) return;
        Shares shares = _market.shares();
        _market.operator().leave();
        VM.prank(address(_market));
        shares.renounceOwnership();
        _everythingGoesOn();
        _write(tally());
    }

    function invariant_I20_slotsAreCreatedByFirstTimesOnly() public view {
        require(!_market.slotsExceeded(), "more new slots than needed");
    }

    /// @notice Whatever happened, nothing but dust stays behind.
    function testFuzz_dustAloneStays(uint256 seed) public {
        _play(_operations, 24, seed);
        uint256 sessions = _market.sessions().length;
        for (uint256 i; i < sessions; ++i) {
            _market.requestClose(i);
            _market.close(i, 1);
        }
        _leave();
        uint256 unreleased;
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            _market.release(which);
            _market.claim(which, 0);
            _market.claim(which, 1);
            (, uint256 consumed, uint256 released,,) = _market.credits().offeringState(_market.idOf(which));
            unreleased += consumed * _market.offering(which).pricePerMillion - released * 1e9;
        }
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            _market.claimShares(who, 0);
        }
        uint256 left = _market.token().balanceOf(address(_market.credits()));
        require(left * 1e9 == _market.dust() + unreleased, "money stayed");
        require(_market.token().balanceOf(address(_market.shares())) <= _market.PEOPLE(), "revenue stayed");
    }

    /// @notice Parts of a split never shrink as revenue grows, and always add up to it.
    function testFuzz_splitIsMonotoneAndExact(uint88 revenue, uint32 more, uint16 holdersBps, uint16 treasuryBps)
        public
        pure
    {
        uint256 forHolders = holdersBps % 10_001;
        uint256 forTreasury = treasuryBps % (10_001 - forHolders);
        (uint256 h, uint256 t, uint256 o) = CreditMath.split(revenue, forHolders, forTreasury);
        require(h + t + o == revenue, "parts");
        (uint256 h2, uint256 t2, uint256 o2) = CreditMath.split(uint256(revenue) + more, forHolders, forTreasury);
        require(h2 >= h && t2 >= t && o2 >= o, "a part shrank");
    }

    function _handler() internal view override returns (Handler) {
        return _market;
    }

    function _name() internal pure override returns (string memory) {
        return "ContestedMarket";
    }
}
